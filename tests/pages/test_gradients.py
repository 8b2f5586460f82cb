from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING

import numpy as np
import pytest

from pages._chapters.gradients.settings import CONTRASTS
from pages._ui.address import CONTROLS, HIDDEN_SIZES
from rnn_core.messages import LANGUAGES, text
from rnn_core.models.sentence_gradients import find_gradients, find_influence, find_steps
from rnn_core.models.sentence_spec import SentenceSpec, continued
from rnn_core.models.sentence_way import find_way
from rnn_core.quantities import CELLS
from rnn_core.specs import ModelSpec
from rnn_core.training.clipping import ClippingSpec, run
from tests.pages.alternating import alternately
from tests.pages.reading import charts, drawing, html, keys, pictures
from tests.pages.trying import OF_SEVERAL, changes, controls, tried

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from pages._ui.contrasts import Contrast
    from tests.pages.conftest import Open

WORDS = ("今日", "は", "天気", "が", "良い", "ね")
REPLY = "そうだね!"
SKIPPED = {"curve": "skip", "guess_clipping": "skip", "guess_cliff": "skip"}
STEPS = [f"stretch_{cell}" for cell in CELLS]
TRAINING = ["training_loss", "clipping"]


def lines(at: AppTest, key: str) -> dict[str, np.ndarray]:
    """The sizes that a chart draws as lines, by the line's name."""
    return {trace["name"].item(): trace["customdata"] for trace in charts(at, key) if "line" in trace}


def plain(at: AppTest) -> str:
    return re.sub("</?span>", "", html(at))


def spec(cell: str, words: tuple[str, ...], **more: object) -> SentenceSpec:
    model = ModelSpec(cell=cell, hidden=more.pop("hidden", 16), weights=more.pop("weights", "trained"))
    return SentenceSpec(**{"model": model, "words": words, "at": len(words) - 1, "output": REPLY} | more)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_opens_with_the_drawing_and_a_question(open_page: Open, lang: str) -> None:
    at = open_page(page="gradients", lang=lang)
    page, drawn = plain(at), drawing(at, "gradient_trails")
    for asked in ("question", "guess_clipping.ask"):
        assert text(f"gradients.{asked}", lang) in page
    assert keys(at) == []
    assert drawn["answer"] == {"cell": "rnn", "curve": "", "verdict": None}
    assert (drawn["at"]["step"], len(drawn["words"])) == (60, 60)
    assert not at.warning
    assert not at.error


@pytest.mark.parametrize("hidden", HIDDEN_SIZES)
def test_the_charts_have_the_numbers_of_the_library(open_page: Open, hidden: int) -> None:
    asked = {"page": "gradients", "curve": "skip", "length": "once", "hidden": str(hidden)}
    at, maps, steps, stretched = (
        open_page(**asked, part=part) for part in ("norms", "influence", "shares", "eigenvalues")
    )
    traces, shares = lines(at, "chart_gradient_norms"), lines(steps, "chart_weight_steps")
    for cell in CELLS:
        found, way = (find(spec(cell, WORDS, hidden=hidden)) for find in (find_gradients, find_way))
        left = np.frombuffer(base64.b64decode(drawing(at, "gradient_trails")["runs"][cell]["left"]), "<f4")
        np.testing.assert_array_equal(left, way.way.decades.astype("<f4"))
        if cell != "lstm":  # whose state is c too
            np.testing.assert_allclose(10.0**left, traces[cell.upper()], rtol=1e-5)
        np.testing.assert_allclose(traces[cell.upper()], found.by_h / found.by_h[-1], rtol=1e-12)
        np.testing.assert_allclose(shares[cell.upper()], found.shares, rtol=1e-12)
        (values, *_) = charts(maps, f"chart_influence_{cell}")
        asked_of = spec(cell, WORDS, hidden=hidden)
        np.testing.assert_allclose(values["customdata"], find_influence(asked_of), rtol=1e-12)
        each = find_steps(asked_of)
        drawn = list(lines(stretched, f"chart_stretch_{cell}").values())
        for want in (each.products, each.bounds):
            assert any(np.allclose(values, 10.0**want, rtol=1e-9, equal_nan=True) for values in drawn)
    by_c = find_gradients(spec("lstm", WORDS, hidden=hidden)).by_c
    np.testing.assert_allclose(traces["LSTM <i>c</i>"], by_c / by_c[-1], rtol=1e-12)


@pytest.mark.parametrize(
    ("lang", "query"),
    alternately(
        [
            {"rho": "0"},
            {"rho": "3"},
            {"rho": "3", "act": "relu", "start": "identity", "length": "200", "weights": "fresh"},
            {"length": "200", "hidden": "8"},
            {"length": "once", "text": "犬"},
            {"length": "once", "text": "犬犬犬犬犬"},
            {"length": "60", "text": "犬", "loss": "unit", "unit": "1"},
            {"length": "once", "hidden": "64", "fbias": "-5"},
            {"start": "orthogonal", "rho": "1", "fbias": "5", "loss": "word", "read": "3"},
            {"theta": "1", "act": "relu", "start": "identity", "rho": "3", "length": "200"},
            {"theta": "100", "length": "once"},
            {"part": "norms", "length": "200"},
            {"part": "eigenvalues", "rho": "0"},
            {"part": "influence", "length": "once", "text": "犬"},
            {"part": "shares", "length": "200"},
            {"clip": "value", "limit": "0.05"},
            {"clip": "value", "limit": "100"},
            {"part": "cliff", "w0": "1", "b0": "-1", "cap": "10"},
            {"part": "cliff", "w0": "3", "b0": "1", "cap": "0.05"},
        ]
    ),
)
def test_the_extremes_of_every_knob_give_a_picture(open_page: Open, lang: str, query: dict[str, str]) -> None:
    at = open_page(page="gradients", lang=lang, **SKIPPED | query)
    assert keys(at)[:2] == TRAINING
    assert drawing(at, "gradient_trails")["answer"]["curve"] == "skip"
    assert not at.error
    assert not at.warning
    assert all(element.proto.alt for element in at.get("plotly_chart"))


def seen(at: AppTest) -> object:
    return pictures(at), drawing(at, "gradient_trails")


@pytest.mark.parametrize(
    ("base", "key", "value"),
    [
        ({}, "text", "今日は暑い"),
        ({}, "length", "once"),
        ({}, "rho", "0.5"),
        ({}, "cell", "mingru"),
        ({}, "weights", "fresh"),
        ({}, "hidden", "8"),
        ({"weights": "fresh"}, "seed", "3"),
        ({}, "act", "relu"),
        ({}, "start", "identity"),
        ({}, "fbias", "2.0"),
        ({}, "loss", "unit"),
        ({"loss": "word"}, "read", "4"),
        ({"loss": "unit"}, "unit", "2"),
        ({}, "curve", "-3_-1"),
        ({}, "whose", "gru"),
        ({}, "theta", "1.0"),
        ({}, "t", "7"),
        ({}, "guess_clipping", ""),
        ({"part": "cliff"}, "guess_cliff", ""),
        ({}, "part", "influence"),
        ({}, "clip", "value"),
        ({}, "limit", "5.0"),
        ({"part": "cliff"}, "w0", "2.0"),
        ({"part": "cliff"}, "b0", "0.0"),
        ({"part": "cliff"}, "cap", "0.1"),
    ],
)
def test_every_control_changes_a_figure(open_page: Open, base: dict[str, str], key: str, value: str) -> None:
    changes(open_page, {"page": "gradients", **SKIPPED, **base}, key, value, seen)


def test_every_control_of_the_page_is_tried() -> None:
    assert tried(test_every_control_changes_a_figure) | OF_SEVERAL == controls("gradients")


@pytest.mark.parametrize(
    ("lang", "query", "message", "places"),
    alternately(
        [
            ({"loss": "word", "read": "7", "length": "once"}, "gradients.no_word", {"given": 7, "last": 6, "used": 5}),
            ({"loss": "unit", "unit": "60"}, "gradients.no_unit", {"given": 60, "last": 16}),
            ({"curve": "abc"}, "gradients.no_curve", {"given": "`abc`"}),
            ({"curve": "1_2_" * 20}, "gradients.no_curve", None),
        ]
    ),
)
def test_what_is_not_there_is_replaced_and_said(
    open_page: Open, lang: str, query: dict[str, str], message: str, places: dict[str, object] | None
) -> None:
    at = open_page(page="gradients", lang=lang, **query)
    (warning,) = at.warning
    if places is not None:
        assert warning.value == text(message, lang, **places)
    assert keys(at) == []
    assert not at.error


@pytest.mark.parametrize(
    "key", ["rho", "length", "fbias", "theta", "act", "start", "loss", "read", "part", "clip", "limit"]
)
def test_a_value_of_the_address_that_there_is_none_of_is_said(open_page: Open, key: str) -> None:
    at = open_page(page="gradients", **{key: "999"})
    assert len(at.warning) == 1
    assert at.session_state[key] == CONTROLS[key].default


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_word_that_no_network_says_is_explained(open_page: Open, lang: str) -> None:
    at = open_page(page="gradients", lang=lang, text="今日はピザが良いね", loss="word", read="2")
    (error,) = at.error
    assert text("errors.no_such_output", lang, given="ピザ") in error.value
    assert text("gradients.guess_clipping.ask", lang) in plain(at)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_limit_of_0_is_refused_where_it_is_used(open_page: Open, lang: str) -> None:
    at = open_page(page="gradients", lang=lang, limit="0", **SKIPPED)
    assert len(at.error) == 1
    assert keys(at) == []
    assert drawing(at, "gradient_trails")["answer"]["curve"] == "skip"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_gives_the_answers_away_before_they_are_asked_for(open_page: Open, lang: str) -> None:
    summary = text("gradients.principle", lang)[:10]
    for part in ("none", "norms", "influence", "eigenvalues", "shares"):
        at = open_page(page="gradients", lang=lang, part=part)
        assert keys(at) == []
        assert summary not in plain(at)
    assert summary in plain(open_page(page="gradients", lang=lang, curve="skip"))
    for name in ("vanish", "explode", "clip", "saturate", "gate"):  # a setting is called what it is, not what it does
        said = text(f"gradients.contrast.{name}", lang).lower()
        assert not any(word in said for word in ("explo", "vanish", "shrink", "open", "爆発", "消失", "開く"))


def test_exploding_and_clipping_are_in_sight_and_the_details_are_not(open_page: Open) -> None:
    at = open_page(page="gradients", **SKIPPED)
    assert keys(at) == TRAINING
    assert any(one.name == "explode" for one in CONTRASTS)


def test_where_there_is_no_word_for_the_loss_the_address_forgets_it(open_page: Open) -> None:
    at = open_page(page="gradients", loss="unit", read="150", unit="40")
    assert len(at.warning) == 2
    assert "read" not in at.query_params
    assert at.query_params["unit"] == "1"
    at.run()
    assert not at.warning


def test_with_no_word_before_the_loss_there_is_nothing_to_draw(open_page: Open) -> None:
    at = open_page(page="gradients", text="犬", length="once")
    assert keys(at) == []
    drawn = drawing(at, "gradient_trails")
    assert (drawn["answer"]["curve"], drawn["rings"], len(drawn["words"])) == ("skip", [], 1)


def test_the_language_changes_words_and_no_number(open_page: Open) -> None:
    ja, en = (
        open_page(page="gradients", lang=lang, part="cliff", **SKIPPED | {"curve": "-3_-1"}) for lang in LANGUAGES
    )
    assert keys(ja) == keys(en)
    for key in keys(ja):
        for one, other in zip(charts(ja, f"chart_{key}"), charts(en, f"chart_{key}"), strict=True):
            for axis in ("x", "y", "z", "customdata"):
                if axis in one:
                    assert one[axis].tobytes() == other[axis].tobytes(), (key, axis)


@pytest.mark.parametrize("one", CONTRASTS, ids=lambda one: one.name)
def test_a_prepared_setting_is_a_click_away_asks_first_and_keeps_the_rest(open_page: Open, one: Contrast) -> None:
    before = {"hidden": "8", "length": "once", "text": "今日は暑い", "limit": "5.0", "curve": "-3_-1", "seed": "7"}
    before |= {"act": "relu" if one.name != "explode" else "tanh", "theta": "2.0"}
    at = open_page(page="gradients", lang="en", **before)
    at.button(key=f"contrast_{one.name}").click().run()
    assert not at.exception
    assert at.session_state["curve"] == ""
    assert drawing(at, "gradient_trails")["answer"] == {"cell": one.silent["whose"], "curve": "", "verdict": None}
    for key, value in {**one.silent, **one.sets}.items():
        assert at.session_state[key] == value
    for key in before.keys() - {*one.sets, *one.silent, "curve"}:
        assert at.query_params[key] in (before[key], [before[key]])
    assert keys(at) == []
    said = plain(at)
    for key in one.sets if one.name != "vanish" else ():  # the page opens like this: nothing to be said
        assert text(f"controls.{key}.label", "en") in said


def test_the_prepared_settings_do_what_they_are_called(open_page: Open) -> None:
    words = continued(WORDS, 60)

    def left(**more: object) -> float:
        norms = find_gradients(spec("rnn", words, **more)).by_h
        return float(norms[0] / norms[-1])

    assert left() < 1e-9  # vanish
    assert left(rho=3.0) < 1e-9  # saturate: far above 1, and yet
    shut, opened = (find_gradients(spec("lstm", words, weights="fresh", forget_bias=bias)).by_c for bias in (None, 3.0))
    assert opened[0] / opened[-1] > 1e6 * shut[0] / shut[-1]  # gate
    free, tamed = (run(ClippingSpec(clip=clip, threshold=1.0)).loss for clip in ("none", "norm"))
    assert not free[-1] < tamed[-1]  # clip
    for one in CONTRASTS[1:3]:
        query = {key: str(value) for key, value in {**one.silent, **one.sets}.items() if value is not None}
        at = open_page(page="gradients", curve="skip", part="norms", **query)
        assert lines(at, "chart_gradient_norms")["RNN"][0] > 1e9
        assert (drawing(at, "gradient_trails")["runs"]["rnn"]["cut"] < -9) == (one.name == "clip")
