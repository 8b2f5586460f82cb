from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pytest

from pages._chapters.attention import CHAPTER
from pages._chapters.attention.prediction import FEWEST
from pages._chapters.attention.settings import CONTRASTS
from pages._chapters.attention.three_networks import KINDS, spec
from pages._ui.address import controls_of
from rnn_core.messages import LANGUAGES, text
from rnn_core.tasks.references import correct_targets
from rnn_core.tasks.translations import TRANSLATIONS
from rnn_core.training import translators
from rnn_core.translation.decoding import translate
from tests.pages.alternating import alternately
from tests.pages.reading import alt, chart, charts, drawing, html, keys, pictures, plain
from tests.pages.trying import changes, controls, tried

if TYPE_CHECKING:
    from tests.pages.conftest import Open

DEFAULTS = {key: row.default for key, row in controls_of(CHAPTER).items()}
SOURCE = ("今日", "は", "天気", "が", "良い", "ね")


def words(trace) -> list[str]:
    return [guess.text for guess in trace.written if not guess.ends]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_opens_with_a_curve_to_draw(open_page: Open, lang: str) -> None:
    at = open_page(page="attention", lang=lang)
    assert text("attention.question", lang) in plain(at)
    assert text("attention.predict.words", lang) in plain(at)
    for answer in ("attention.three", "attention.right", "attention.principle"):
        assert text(answer, lang) not in plain(at), answer
    assert keys(at) == ["attention", "context", "next_word", "beam"]
    assert any(element.proto.component_name.endswith("accuracy_curve") for element in at.get("bidi_component"))
    assert not at.warning
    assert not at.error


@pytest.mark.parametrize(
    ("lang", "size", "attention"), alternately([(24, "additive"), (24, "dot"), (48, "dot"), (48, "additive")])
)
def test_the_charts_have_the_numbers_of_the_library(open_page: Open, lang: str, size: int, attention: str) -> None:
    at = open_page(page="attention", lang=lang, hidden=str(size), attention=attention, t="2")
    trace = translate(spec(DEFAULTS | {"hidden": size}, attention), SOURCE)
    (layer,) = trace.attention
    np.testing.assert_array_equal(chart(at, "chart_attention")["z"], layer["attention"][:, 0])
    cells, bars = charts(at, "chart_context")[:2]
    np.testing.assert_array_equal(bars["y"], layer["attention"][1, 0])
    np.testing.assert_array_equal(cells["z"][:, -1], layer["context"][1, 0])
    np.testing.assert_allclose(cells["z"][:, :6].sum(axis=1), layer["context"][1, 0], atol=1e-6)
    np.testing.assert_array_equal(chart(at, "chart_next_word")["x"], np.sort(trace.distribution[1])[::-1][:5])
    assert [word["text"] for word in drawing(at, "decoding")["source"]] == list(SOURCE)
    assert trace.written[1].text in alt(at, "chart_attention")


@pytest.mark.parametrize(("lang", "task"), alternately(["phrases", "names"]))
def test_the_curves_are_the_counts_of_the_task_that_is_chosen(open_page: Open, lang: str, task: str) -> None:
    unit = "names" if task == "names" else "words"
    rows = {
        kind: translators.manifest()[task]["models"][spec(DEFAULTS | {"task": task}, kind).name]["right"][unit]
        for kind in KINDS
    }
    lengths = [length for length in sorted(map(int, rows["none"])) if rows["none"][str(length)][1] >= FEWEST]
    guess = "_".join(["50"] * (len(lengths) - 1))
    at = open_page(page="attention", lang=lang, guess_accuracy=guess, task=task)
    lines = {trace["name"].item(): trace for trace in charts(at, "chart_bottleneck") if "customdata" in trace}
    assert len(lines) == 3
    for kind in KINDS:
        drawn = lines[text(f"controls.attention.{kind}", lang)]["customdata"]
        np.testing.assert_array_equal(drawn, [rows[kind][str(length)] for length in lengths])
    np.testing.assert_allclose(charts(at, "chart_bottleneck")[0]["y"][1:], 0.5)
    assert text("attention.three", lang) in plain(at)
    assert text("attention.principle", lang) in plain(at)


def test_the_bottleneck_shows_with_the_sentences_length() -> None:
    """The chapter's default: without attention fewer and fewer are right, with either attention nearly all."""
    models = translators.manifest()["phrases"]["models"]
    none, *others = (models[spec(DEFAULTS, kind).name]["right"]["words"] for kind in KINDS)
    share = {length: right / total for length, (right, total) in none.items()}
    assert share["5"] > 0.8 > 0.5 > share["10"] > share["13"]
    assert all(right / total > 0.97 for rows in others for right, total in rows.values() if total >= FEWEST)


@pytest.mark.parametrize(("lang", "verdict"), alternately(["right", "near", "wrong"]))
def test_a_drawn_curve_is_judged_by_what_was_measured(open_page: Open, lang: str, verdict: str) -> None:
    rows = translators.manifest()["phrases"]["models"][spec(DEFAULTS, "none").name]["right"]["words"]
    shares = [100 * right / total for _, (right, total) in sorted((int(key), row) for key, row in rows.items())]
    totals = [total for _, (_, total) in sorted((int(key), row) for key, row in rows.items())]
    measured = [share for share, total in zip(shares, totals, strict=True) if total >= FEWEST]
    off = {"right": 2, "near": 10, "wrong": 40}[verdict]
    curve = "_".join(str(round(share + off if share < 50 else share - off)) for share in measured[1:])
    page = plain(open_page(page="attention", lang=lang, guess_accuracy=curve))
    assert text(f"predict.verdict.{verdict}", lang) in page
    assert f"{round(measured[0])}%" in page


@pytest.mark.parametrize("other", [{"task": "names"}, {"hidden": 24}])
def test_a_curve_belongs_to_the_task_and_the_size_it_was_drawn_for(open_page: Open, other: dict[str, object]) -> None:
    at = open_page(page="attention", lang="en", guess_accuracy="80_70_60_50_40_30_20_10")
    assert "bottleneck" in keys(at)
    ((key, value),) = other.items()
    at.segmented_control(key=key).set_value(value).run()
    assert "bottleneck" not in keys(at)
    assert at.query_params.get("guess_accuracy") in ("", [""], None)


@pytest.mark.parametrize("curve", ["5", "a_b", "101_0_0_0_0_0_0_0_0", "1_2_3_4_5_6"])
def test_a_curve_that_is_none_is_said_and_asked_again(open_page: Open, curve: str) -> None:
    at = open_page(page="attention", lang="en", guess_accuracy=curve)
    assert len(at.warning) == 1
    assert "bottleneck" not in keys(at)


def test_one_input_goes_through_all_three_and_what_is_wrong_is_marked(open_page: Open) -> None:
    page = html(open_page(page="attention", lang="en", attention="dot", guess_accuracy="skip"))
    (target,) = correct_targets("phrases", SOURCE)
    for kind in KINDS:
        written = words(translate(spec(DEFAULTS, kind), SOURCE))
        said = text("attention.right" if tuple(written) == target else "attention.wrong", "en")
        row = re.search(rf'<th scope="row">{text(f"controls.attention.{kind}", "en")}</th>(.*?)</tr>', page)
        assert row
        assert said in row[1]
        assert ("<mark>" in row[1]) == (tuple(written) != target)


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
    at = open_page(page="attention", lang=lang, guess_accuracy="skip", **query)
    assert keys(at)[:4] == ["bottleneck", "attention", "context", "next_word"]
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
    assert keys(at) == ["bottleneck"]


def test_when_everything_is_blanked_out_it_is_said(open_page: Open) -> None:
    at = open_page(page="attention", lang="en", text="天気", study="alter", alter="mask", spot="1")
    assert len(at.error) == 1


def test_a_hidden_word_changes_the_whole_output_of_all_three(open_page: Open) -> None:
    state = DEFAULTS | of("blank")
    page = html(open_page(page="attention", lang="en", **{key: str(value) for key, value in of("blank").items()}))
    source = list(TRANSLATIONS["phrases"].tokens(str(state["text"])))
    source[state["spot"] - 1] = "□"
    for kind in KINDS:
        for word in words(translate(spec(state, kind), source)):
            assert word in page
        assert page.count(f"{text(f'controls.attention.{kind}', 'en')}, after") == 1
    assert "<mark>" in page


def of(name: str) -> dict[str, object]:
    (one,) = (one for one in CONTRASTS if one.name == name)
    return {key: value for key, value in {**one.silent, **one.sets}.items() if value not in (None, "")}


def test_a_short_name_is_right_in_all_three_and_four_are_not_without_attention() -> None:
    for name, good in (
        ("short", {"none": True, "additive": True, "dot": True}),
        ("long", {"none": False, "additive": True, "dot": True}),
    ):
        state = DEFAULTS | of(name)
        source = TRANSLATIONS["names"].tokens(str(state["names"]))
        (target,) = correct_targets("names", source)
        found = {kind: tuple(words(translate(spec(state, kind), source))) == target for kind in KINDS}
        assert found == good, name


def test_without_one_word_a_smile_turns_into_something_else() -> None:
    state = DEFAULTS | of("blank")
    source = list(TRANSLATIONS["phrases"].tokens(str(state["text"])))
    before = words(translate(spec(state), source))
    assert source[state["spot"] - 1] == "笑っ"
    source[state["spot"] - 1] = "□"
    after = words(translate(spec(state), source))
    assert "smiling" in before
    assert "smiling" not in after


def test_after_a_wrong_word_it_goes_on_as_it_would_have() -> None:
    state = DEFAULTS | of("force")
    place = state["force"] - 1
    before = words(translate(spec(state), SOURCE))
    after = words(translate(spec(state), SOURCE, choose=[(place, state["token"])]))
    assert (before[place], after[place]) == ("weather", "sea")
    assert before[place + 1 :] == after[place + 1 :]


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
    assert "bottleneck" in keys(at)
    assert text("ui.contrast_set", lang, settings="").rstrip(" .。") in plain(at)


@pytest.mark.parametrize(
    ("base", "key", "value"),
    [
        ({}, "task", "names"),
        ({}, "text", "今日は暑い"),
        ({"task": "names"}, "names", "ゆう"),
        ({}, "attention", "dot"),
        ({}, "hidden", "24"),
        ({}, "t", "1"),
        ({}, "guess_accuracy", "1_2_3_4_5_6_7_8"),
        ({}, "study", "alter"),
        ({}, "beam", "5"),
        ({"token": "sea"}, "force", "2"),
        ({"force": "2"}, "token", "sea"),
        ({"study": "alter", "spot": "3"}, "alter", "move"),
        ({"study": "alter", "spot": "5", "alter": "mask"}, "scope", "step"),
        ({"study": "alter"}, "spot", "4"),
        ({"study": "alter", "alter": "pin", "spot": "3"}, "row", "1 1 1 1 1 1"),
        ({"study": "alter", "alter": "edit", "spot": "3"}, "into", "風"),
    ],
)
def test_every_control_matters(open_page: Open, base: dict[str, str], key: str, value: str) -> None:
    changes(open_page, {"page": "attention"} | base, key, value, read=lambda at: (html(at), pictures(at)))


def test_all_its_controls_are_tried() -> None:
    assert tried(test_every_control_matters) == controls("attention")


def test_another_sentence_has_other_places(open_page: Open) -> None:
    at = open_page(page="attention", lang="en", t="4", study="alter", spot="5")
    at.text_input(key="text").set_value("今日は暑い").run()
    assert not at.exception
    assert not at.warning
    assert "t" not in at.query_params
    assert "spot" not in at.query_params
