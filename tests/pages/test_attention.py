from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import pytest

from pages._chapters.attention import CHAPTER
from pages._chapters.attention.settings import CONTRASTS, setting
from pages._chapters.attention.three_networks import KINDS, spec
from pages._ui.address import controls_of
from rnn_core.messages import LANGUAGES, text
from rnn_core.tasks.references import correct_targets
from rnn_core.tasks.translations import TRANSLATIONS
from rnn_core.training import translators
from rnn_core.translation.decoding import translate
from rnn_core.translation.interventions import AttentionOverride
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
    assert text("attention.predict", lang) in plain(at)
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


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_curves_are_the_counts_of_the_manifest(open_page: Open, lang: str) -> None:
    at = open_page(page="attention", lang=lang, guess_accuracy="50_40_30_20_10", task="names")
    lines = {trace["name"].item(): trace for trace in charts(at, "chart_bottleneck") if "customdata" in trace}
    assert len(lines) == 3
    for kind in KINDS:
        rows = translators.manifest()["names"]["models"][spec(DEFAULTS | {"task": "names"}, kind).name]["right"][
            "names"
        ]
        drawn = lines[text(f"controls.attention.{kind}", lang)]["customdata"]
        np.testing.assert_array_equal(drawn, [rows[str(length)] for length in sorted(map(int, rows))])
    guess = charts(at, "chart_bottleneck")[0]["y"]
    np.testing.assert_allclose(guess[1:], [0.5, 0.4, 0.3, 0.2, 0.1])
    assert text("attention.off", lang, off="").split("{")[0][:6] in plain(at)


@pytest.mark.parametrize("curve", ["5", "a_b", "101_0_0_0_0", "1_2_3_4_5_6"])
def test_a_curve_that_is_none_is_said_and_asked_again(open_page: Open, curve: str) -> None:
    at = open_page(page="attention", lang="en", guess_accuracy=curve)
    assert len(at.warning) == 1
    assert "bottleneck" not in keys(at)


def test_one_input_goes_through_all_three_and_what_is_wrong_is_marked(open_page: Open) -> None:
    page = html(open_page(page="attention", lang="en", attention="dot"))
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
    at = open_page(page="attention", lang=lang, attention="none", study="alter", alter="blank", spot="1")
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
    at = open_page(page="attention", lang="en", text="天気", study="alter", alter="blank", spot="1")
    assert len(at.error) == 1


def test_a_short_name_is_right_in_all_three_and_four_are_not_without_attention() -> None:
    for name, good in (
        ("short", {"none": True, "additive": True, "dot": True}),
        ("long", {"none": False, "additive": True, "dot": True}),
    ):
        state = DEFAULTS | setting(name)
        source = TRANSLATIONS["names"].tokens(str(state["names"]))
        (target,) = correct_targets("names", source)
        found = {kind: tuple(words(translate(spec(state, kind), source))) == target for kind in KINDS}
        assert found == good, name


def test_without_one_word_a_smile_turns_into_tears() -> None:
    state = DEFAULTS | setting("blank")
    source = TRANSLATIONS["phrases"].tokens(str(state["text"]))
    before = words(translate(spec(state), source))
    after = words(translate(spec(state), source, overrides=[AttentionOverride(without=(state["spot"] - 1,))]))
    changed = [(one, other) for one, other in zip(before, after, strict=True) if one != other]
    assert changed == [("smiling", "crying")]
    assert before[state["t"] - 1] == "smiling"
    assert source[state["spot"] - 1] == "笑っ"


def test_after_a_wrong_word_it_goes_on_as_it_would_have() -> None:
    state = DEFAULTS | setting("force")
    place = state["force"] - 1
    before = words(translate(spec(state), SOURCE))
    after = words(translate(spec(state), SOURCE, choose=[(place, state["token"])]))
    assert (before[place], after[place]) == ("weather", "sea")
    assert before[place + 1 :] == after[place + 1 :]


@pytest.mark.parametrize(("lang", "name"), alternately(CONTRASTS))
def test_a_prepared_setting_is_a_click_away(open_page: Open, name: str, lang: str) -> None:
    at = open_page(page="attention", lang=lang, hidden="24", guess_accuracy="skip")
    at.pills(key="example").set_value(name).run()
    assert not at.exception
    assert not at.error
    assert not at.warning
    for key, value in CONTRASTS[name].items():
        assert at.query_params[key] in (str(value), [str(value)])
    assert "bottleneck" in keys(at)


@pytest.mark.parametrize(
    ("base", "key", "value"),
    [
        ({}, "task", "names"),
        ({}, "text", "今日は暑い"),
        ({"task": "names"}, "names", "ゆう"),
        ({}, "attention", "dot"),
        ({}, "hidden", "24"),
        ({}, "t", "1"),
        ({}, "guess_accuracy", "1_2_3_4_5"),
        ({}, "study", "alter"),
        ({}, "beam", "5"),
        ({"token": "sea"}, "force", "2"),
        ({"force": "2"}, "token", "sea"),
        ({"study": "alter", "spot": "3"}, "alter", "move"),
        ({"study": "alter", "spot": "5"}, "scope", "all"),
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
