from __future__ import annotations

import base64
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pytest

from pages._chapters.attention import CHAPTER, SENTENCE
from pages._chapters.attention.prediction import FEWEST
from pages._chapters.attention.settings import CONTRASTS
from pages._chapters.attention.three_networks import KINDS, spec
from pages._ui.address import controls_of
from rnn_core.messages import LANGUAGES, text
from rnn_core.tasks.references import correct_targets
from rnn_core.tasks.translations import TRANSLATIONS
from rnn_core.training.tasks import TRANSLATORS
from rnn_core.translation.decoding import translate
from tests.pages.alternating import alternately
from tests.pages.reading import alt, chart, charts, drawing, html, keys, pictures, plain
from tests.pages.trying import OF_SEVERAL, changes, controls, tried

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from tests.pages.conftest import Open

DEFAULTS = {key: row.default for key, row in controls_of(CHAPTER).items()}
WEATHER = "今日は天気が良いね"
SOURCE = ("今日", "は", "天気", "が", "良い", "ね")


def words(trace) -> list[str]:
    return [guess.text for guess in trace.written if not guess.ends]


def lanes(at: AppTest) -> dict[str, dict]:
    """What the drawing has of each network, by its attention."""
    return {lane["kind"]: lane for lane in drawing(at, "seq2seq")["lanes"]}


def opened(at: AppTest, part: str) -> AppTest:
    """The page with a folded part open."""
    at.session_state[part] = True
    return at.run()


def floats(packed: str, *shape: int) -> np.ndarray:
    return np.frombuffer(base64.b64decode(packed), "<f4").reshape(shape)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_opens_with_a_curve_to_draw_and_tells_nothing_of_it(open_page: Open, lang: str) -> None:
    at = open_page(page="attention", lang=lang)
    data = drawing(at, "seq2seq")
    assert text("attention.question", lang) in plain(at)
    assert (data["question"], data["answer"]) == (text("attention.predict.words", lang), None)
    assert (data["curve"]["shares"], data["verdict"]) == (None, None)
    assert all(lane["counts"] is None for lane in data["lanes"])
    assert text("attention.principle", lang) not in plain(at)
    assert text("decoded.no_map", lang) in plain(at)  # it opens on the network without attention
    assert keys(at) == ["beam"]
    assert "".join(card["text"] for card in data["cards"]) == SENTENCE
    assert not at.warning
    assert not at.error


@pytest.mark.parametrize(
    ("lang", "size", "attention"), alternately([(24, "additive"), (24, "dot"), (48, "dot"), (48, "additive")])
)
def test_drawing_and_map_have_the_numbers_of_the_library(open_page: Open, lang: str, size: int, attention: str) -> None:
    at = open_page(page="attention", lang=lang, hidden=str(size), attention=attention, t="2", text=WEATHER)
    trace = translate(spec(DEFAULTS | {"hidden": size}, attention), SOURCE)
    (layer,) = trace.attention
    np.testing.assert_array_equal(chart(at, "chart_attention")["z"], layer["attention"][:, 0])
    shown = lanes(at)[attention]
    np.testing.assert_array_equal(floats(shown["attention"], len(trace), 6), layer["attention"][:, 0])
    np.testing.assert_array_equal(floats(shown["scores"], len(trace), 6), layer["scores"][:, 0])
    np.testing.assert_array_equal(floats(shown["context"], len(trace), 2 * size), layer["context"][:, 0])
    assert [word["text"] for word in shown["words"]][:-1] == words(trace)
    data = drawing(at, "seq2seq")
    assert (data["at"]["step"], data["at"]["quantity"]) == (2, attention)
    assert [card["text"] for card in data["cards"]] == list(SOURCE)
    assert trace.written[1].text in alt(at, "chart_attention")
    opened(at, "expected")
    np.testing.assert_array_equal(chart(at, "chart_next_word")["x"], np.sort(trace.distribution[1])[::-1][:5])


@pytest.mark.parametrize(("lang", "task"), alternately(["phrases", "names"]))
def test_the_curves_are_the_counts_of_the_task_that_is_chosen(open_page: Open, lang: str, task: str) -> None:
    unit = "names" if task == "names" else "words"
    rows = {
        kind: TRANSLATORS[task].manifest()["models"][spec(DEFAULTS | {"task": task}, kind).name]["right"][unit]
        for kind in KINDS
    }
    lengths = [length for length in sorted(map(int, rows["none"])) if rows["none"][str(length)][1] >= FEWEST]
    guess = "_".join(["50"] * (len(lengths) - 1))
    at = opened(open_page(page="attention", lang=lang, guess_accuracy=guess, task=task), "by_length")
    lines = {trace["name"].item(): trace for trace in charts(at, "chart_bottleneck") if "customdata" in trace}
    curve = drawing(at, "seq2seq")["curve"]
    assert (curve["lengths"], curve["guess"][1:]) == (lengths, [50] * (len(lengths) - 1))
    for kind in KINDS:
        drawn = lines[text(f"controls.attention.{kind}", lang)]["customdata"]
        np.testing.assert_array_equal(drawn, [rows[kind][str(length)] for length in lengths])
        shares = [100 * right / total for right, total in np.array(drawn, float)]
        np.testing.assert_allclose(curve["shares"][kind], shares)
    np.testing.assert_allclose(charts(at, "chart_bottleneck")[0]["y"][1:], 0.5)
    assert text("attention.principle", lang) in plain(at)


def test_each_network_is_counted_at_the_length_of_what_it_reads(open_page: Open) -> None:
    shown = lanes(open_page(page="attention", guess_accuracy="skip"))
    models = TRANSLATORS["phrases"].manifest()["models"]
    for kind in KINDS:
        assert shown[kind]["counts"] == models[spec(DEFAULTS, kind).name]["right"]["words"]["12"]
    short = lanes(open_page(page="attention", guess_accuracy="skip", text="天気"))
    assert all(lane["counts"] is None for lane in short.values())  # too few inputs of that length


def test_the_bottleneck_shows_with_the_sentences_length() -> None:
    """The chapter's default: without attention fewer and fewer are right, with either attention nearly all."""
    models = TRANSLATORS["phrases"].manifest()["models"]
    none, *others = (models[spec(DEFAULTS, kind).name]["right"]["words"] for kind in KINDS)
    share = {length: right / total for length, (right, total) in none.items()}
    assert share["5"] > 0.8 > 0.5 > share["10"] > share["13"]
    assert all(right / total > 0.97 for rows in others for right, total in rows.values() if total >= FEWEST)


@pytest.mark.parametrize(("lang", "verdict"), alternately(["right", "near", "wrong"]))
def test_a_drawn_curve_is_judged_by_what_was_measured(open_page: Open, lang: str, verdict: str) -> None:
    rows = TRANSLATORS["phrases"].manifest()["models"][spec(DEFAULTS, "none").name]["right"]["words"]
    shares = [100 * right / total for _, (right, total) in sorted((int(key), row) for key, row in rows.items())]
    totals = [total for _, (_, total) in sorted((int(key), row) for key, row in rows.items())]
    measured = [share for share, total in zip(shares, totals, strict=True) if total >= FEWEST]
    off = {"right": 2, "near": 10, "wrong": 40}[verdict]
    curve = "_".join(str(round(share + off if share < 50 else share - off)) for share in measured[1:])
    found = drawing(open_page(page="attention", lang=lang, guess_accuracy=curve), "seq2seq")["verdict"]
    assert found["verdict"] == verdict
    assert f"{round(measured[0])}%" in found["why"]


@pytest.mark.parametrize("other", [{"task": "names"}, {"hidden": 24}])
def test_a_curve_belongs_to_the_task_and_the_size_it_was_drawn_for(open_page: Open, other: dict[str, object]) -> None:
    at = open_page(page="attention", lang="en", guess_accuracy="80_70_60_50_40_30_20_10")
    assert drawing(at, "seq2seq")["answer"] is not None
    ((key, value),) = other.items()
    at.session_state[key] = value
    at.run()
    assert (drawing(at, "seq2seq")["answer"], drawing(at, "seq2seq")["curve"]["shares"]) == (None, None)
    assert at.query_params.get("guess_accuracy") in ("", [""], None)


@pytest.mark.parametrize("curve", ["5", "a_b", "101_0_0_0_0_0_0_0_0", "1_2_3_4_5_6"])
def test_a_curve_that_is_none_is_said_and_asked_again(open_page: Open, curve: str) -> None:
    at = open_page(page="attention", lang="en", guess_accuracy=curve)
    assert len(at.warning) == 1
    assert drawing(at, "seq2seq")["answer"] is None


def test_one_input_goes_through_all_three_and_what_is_wrong_is_marked(open_page: Open) -> None:
    at = open_page(page="attention", lang="en", guess_accuracy="skip")
    source = TRANSLATIONS["phrases"].tokens(SENTENCE)
    (target,) = correct_targets("phrases", source)
    assert drawing(at, "seq2seq")["target"] == TRANSLATIONS["phrases"].text(target)
    shown = lanes(at)
    for kind in KINDS:
        written = words(translate(spec(DEFAULTS, kind), source))
        assert [word["text"] for word in shown[kind]["words"]][:-1] == written
        assert shown[kind]["right"] == (tuple(written) == target)
        wrong = shown[kind]["wrong"]
        assert (wrong is None) == (tuple(written) == target)
        assert wrong is None or (written[:wrong] == list(target[:wrong]) and written[wrong] != target[wrong])
    assert [shown[kind]["right"] for kind in KINDS] == [False, True, True]


@pytest.mark.parametrize(("lang", "study", "attention"), alternately(product(("beam", "explain"), KINDS)))
def test_every_network_can_be_studied(open_page: Open, lang: str, attention: str, study: str) -> None:
    at = open_page(page="attention", lang=lang, attention=attention, study=study)
    assert not at.error
    assert ("attention" in keys(at)) == (attention != "none")
    if attention == "none":
        assert text("decoded.no_map", lang) in plain(at)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_not_there_cant_be_held(open_page: Open, lang: str) -> None:
    at = open_page(page="attention", lang=lang, attention="none", study="alter", alter="mask", spot="1")
    assert len(at.error) == 1


@pytest.mark.parametrize(
    ("lang", "query"),
    alternately(
        [
            {"text": "天気"},
            {"text": "今日は天気が良いけど" * 10},
            {"text": "ズモモがパルンした"},
            {"task": "names", "names": "あ"},
            {"task": "names", "names": "あ・" * 30},
            {"task": "names", "names": "ハナコ たろう"},
            {"text": "天気", "study": "explain"},
            {"text": "天気", "study": "alter", "alter": "edit", "spot": "1", "into": "雨"},
        ]
    ),
)
def test_any_length_and_unknown_words_give_a_picture(open_page: Open, lang: str, query: dict[str, str]) -> None:
    at = open_page(page="attention", lang=lang, guess_accuracy="skip", attention="dot", **query)
    assert keys(at)[0] == "attention"
    assert not at.error


def test_words_that_are_not_read_and_words_never_learned_are_said(open_page: Open) -> None:
    at = open_page(page="attention", lang="en", text="今日は天気が良いけど" * 12)
    assert any("60" in warning.value for warning in at.warning)
    assert "ズモモ" in plain(open_page(page="attention", lang="en", text="ズモモが好き"))


@pytest.mark.parametrize(
    ("lang", "query"),
    alternately(
        [
            {"text": ""},
            {"text": " "},
            {"task": "names", "names": ""},
            {"task": "names", "names": "花子"},
            {"task": "names", "names": "はなこ3"},
            {"task": "names", "names": "あ" * 200},
        ]
    ),
)
def test_what_cant_be_read_is_said(open_page: Open, lang: str, query: dict[str, str]) -> None:
    at = open_page(page="attention", lang=lang, guess_accuracy="skip", **query)
    assert len(at.error) == 1
    assert keys(at) == []


def test_when_everything_is_blanked_out_it_is_said(open_page: Open) -> None:
    at = open_page(page="attention", lang="en", text="天気", study="alter", alter="mask", spot="1", attention="dot")
    assert len(at.error) == 1


def of(name: str) -> dict[str, object]:
    (one,) = (one for one in CONTRASTS if one.name == name)
    return {key: value for key, value in {**one.silent, **one.sets}.items() if value not in (None, "")}


@pytest.mark.parametrize(("lang", "name"), alternately([one.name for one in CONTRASTS]))
def test_a_contrast_is_a_click_away_says_what_it_set_and_keeps_the_size(open_page: Open, name: str, lang: str) -> None:
    at = open_page(page="attention", lang=lang, hidden="24", guess_accuracy="skip")
    at.button(key=f"contrast_{name}").click().run()
    assert not at.exception
    assert not at.error
    assert not at.warning
    for key, value in of(name).items():
        assert at.query_params[key] in (str(value), [str(value)])
    assert at.query_params["hidden"] in ("24", ["24"])
    assert drawing(at, "seq2seq")["answer"] == "skip"


def seen(at: AppTest) -> object:
    """All that a reader sees of a page."""
    return html(at), pictures(at), drawing(at, "seq2seq")


@pytest.mark.parametrize(
    ("base", "key", "value"),
    [
        ({}, "task", "names"),
        ({}, "text", "今日は暑い"),
        ({}, "blank", "2"),
        ({"task": "names"}, "names", "ゆう"),
        ({}, "attention", "dot"),
        ({}, "hidden", "24"),
        ({}, "t", "1"),
        ({}, "guess_accuracy", "1_2_3_4_5_6_7_8"),
        ({}, "study", "alter"),
        ({}, "beam", "5"),
        ({"token": "sea"}, "force", "2"),
        ({"force": "2"}, "token", "sea"),
        ({"study": "alter", "spot": "3", "attention": "dot"}, "alter", "move"),
        ({"study": "alter", "spot": "5", "alter": "mask", "attention": "dot"}, "scope", "step"),
        ({"study": "alter"}, "spot", "4"),
        ({"study": "alter", "alter": "pin", "spot": "3", "attention": "dot"}, "row", " ".join("1" * 12)),
        ({"study": "alter", "alter": "edit", "spot": "3"}, "into", "風"),
    ],
)
def test_every_control_matters(open_page: Open, base: dict[str, str], key: str, value: str) -> None:
    changes(open_page, {"page": "attention"} | base, key, value, read=seen)


def test_all_its_controls_are_tried() -> None:
    assert tried(test_every_control_matters) == controls("attention") - OF_SEVERAL
