from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pytest

from pages._chapters.gradients.settings import CONTRASTS
from pages._ui.address import CONTROLS, HIDDEN_SIZES
from rnn_core.messages import LANGUAGES, text
from rnn_core.models.sentence_gradients import find_gradients
from rnn_core.models.sentence_spec import SentenceSpec, continued
from rnn_core.quantities import CELLS
from rnn_core.specs import ModelSpec
from rnn_core.training.clipping import ClippingSpec, run
from tests.pages.alternating import alternately
from tests.pages.reading import charts, html, keys
from tests.pages.trying import OF_SEVERAL, changes, controls, tried

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from pages._ui.contrasts import Contrast
    from tests.pages.conftest import Open

WORDS = ("今日", "は", "天気", "が", "良い", "ね")
REPLY = "そうだね!"
SKIPPED = {"curve": "skip", "guess_growth": "skip", "guess_clipping": "skip", "guess_cliff": "skip"}
STEPS = [f"stretch_{cell}" for cell in CELLS]
REACH = ["gradient_norms", *STEPS]
GROWTH, TRAINING = ["gradient_norms_relu", "gradient_norms_tanh"], ["training_loss", "clipping"]


def lines(at: AppTest, key: str) -> dict[str, np.ndarray]:
    """The sizes that a chart draws as lines, by the line's name."""
    return {trace["name"].item(): trace["customdata"] for trace in charts(at, key) if "line" in trace}


def plain(at: AppTest) -> str:
    return re.sub("</?span>", "", html(at))


def spec(cell: str, words: tuple[str, ...], **more: object) -> SentenceSpec:
    model = ModelSpec(cell=cell, hidden=more.pop("hidden", 16), weights=more.pop("weights", "trained"))
    return SentenceSpec(**{"model": model, "words": words, "at": len(words) - 1, "output": REPLY} | more)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_opens_with_a_curve_to_draw(open_page: Open, lang: str) -> None:
    at = open_page(page="gradients", lang=lang)
    page = plain(at)
    assert text("gradients.question", lang) in page
    for asked in ("predict", "guess_growth.ask", "guess_clipping.ask"):
        assert text(f"gradients.{asked}", lang, cell="RNN") in page
    assert keys(at) == []
    assert any(element.proto.component_name.endswith("gradient_curve") for element in at.get("bidi_component"))
    assert not at.warning
    assert not at.error


@pytest.mark.parametrize("hidden", HIDDEN_SIZES)
def test_the_charts_have_the_numbers_of_the_library(open_page: Open, hidden: int) -> None:
    asked = {"page": "gradients", "curve": "skip", "length": "once", "hidden": str(hidden)}
    at, maps, steps = (open_page(**asked, part=part) for part in ("none", "influence", "shares"))
    traces, shares = lines(at, "chart_gradient_norms"), lines(steps, "chart_weight_steps")
    for cell in CELLS:
        found = find_gradients(spec(cell, WORDS, hidden=hidden))
        np.testing.assert_allclose(traces[cell.upper()], found.by_h / found.by_h[-1], rtol=1e-12)
        np.testing.assert_allclose(shares[cell.upper()], found.shares, rtol=1e-12)
        (values, *_) = charts(maps, f"chart_influence_{cell}")
        np.testing.assert_allclose(values["customdata"], found.influence, rtol=1e-12)
        drawn = list(lines(at, f"chart_stretch_{cell}").values())
        for want in (found.products, found.bounds):
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
    assert keys(at)[:8] == [*REACH, *GROWTH, *TRAINING]
    assert not at.error
    assert not at.warning
    assert all(element.proto.alt for element in at.get("plotly_chart"))


@pytest.mark.parametrize(
    ("base", "key", "value"),
    [
        ({}, "text", "今日は暑い"),
        ({}, "length", "once"),
        ({}, "rho", "0.5"),
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
        ({}, "guess_growth", ""),
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
    changes(open_page, {"page": "gradients", **SKIPPED, **base}, key, value)


def test_every_control_of_the_page_is_tried() -> None:
    others = {"whose"}  # says of which cell the curve is: test_the_drawn_curve_lies_in_the_chart_as_it_was_drawn
    assert tried(test_every_control_changes_a_figure) | OF_SEVERAL | others == controls("gradients")


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


@pytest.mark.parametrize("key", ["rho", "length", "fbias", "act", "start", "loss", "read", "part", "clip", "limit"])
def test_a_value_of_the_address_that_there_is_none_of_is_said(open_page: Open, key: str) -> None:
    at = open_page(page="gradients", **{key: "999"})
    assert len(at.warning) == 1
    assert at.session_state[key] == CONTROLS[key].default


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_word_that_no_network_says_is_explained(open_page: Open, lang: str) -> None:
    at = open_page(page="gradients", lang=lang, text="今日はピザが良いね", loss="word", read="2")
    (error,) = at.error
    assert text("errors.no_such_output", lang, given="ピザ") in error.value
    assert text("gradients.guess_growth.ask", lang) in plain(at)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_limit_of_0_is_refused_where_it_is_used(open_page: Open, lang: str) -> None:
    at = open_page(page="gradients", lang=lang, limit="0", **SKIPPED)
    assert len(at.error) == 1
    assert keys(at) == [*REACH, *GROWTH]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_gives_the_answers_away_before_they_are_asked_for(open_page: Open, lang: str) -> None:
    summary = text("gradients.principle", lang)[:10]
    for part in ("none", "influence", "eigenvalues", "shares"):
        at = open_page(page="gradients", lang=lang, part=part)
        assert keys(at) == []
        assert summary not in plain(at)
    assert summary not in plain(open_page(page="gradients", lang=lang, curve="skip"))
    assert summary in plain(open_page(page="gradients", lang=lang, curve="skip", guess_growth="skip"))
    for name in ("forget", "explode", "saturate", "gate", "long"):  # a setting is called what it is, not what it does
        said = text(f"gradients.contrast.{name}", lang).lower()
        assert not any(word in said for word in ("explo", "vanish", "shrink", "open", "爆発", "消失", "開く"))


def test_exploding_and_clipping_are_in_sight_and_the_details_are_not(open_page: Open) -> None:
    at = open_page(page="gradients", **SKIPPED)
    assert keys(at) == [*REACH, *GROWTH, *TRAINING]
    assert len(keys(at)) <= 8


def test_where_there_is_no_word_for_the_loss_the_address_forgets_it(open_page: Open) -> None:
    at = open_page(page="gradients", loss="unit", read="150", unit="40")
    assert len(at.warning) == 2
    assert "read" not in at.query_params
    assert at.query_params["unit"] == "1"
    at.run()
    assert not at.warning


def test_with_no_word_before_the_loss_there_is_nothing_to_draw(open_page: Open) -> None:
    at = open_page(page="gradients", text="犬", length="once")
    assert keys(at) == REACH


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
    before = {"hidden": "8", "length": "once", "text": "今日は暑い", "limit": "5.0", "curve": "-3_-1"}
    at = open_page(page="gradients", lang="en", **before)
    at.button(key=f"contrast_{one.name}").click().run()
    assert not at.exception
    assert at.session_state["curve"] == ""
    for key, value in {**one.silent, **one.sets}.items():
        assert at.session_state[key] == value
    for key in before.keys() - {*one.sets, "curve"}:
        assert at.query_params[key] in (before[key], [before[key]])
    assert keys(at) == []
    said = plain(at)
    for key in one.sets:
        assert text(f"controls.{key}.label", "en") in said


def test_the_prepared_settings_do_what_they_are_called(open_page: Open) -> None:
    words = continued(WORDS, 60)

    def left(**more: object) -> float:
        norms = find_gradients(spec("rnn", words, **more)).by_h
        return float(norms[0] / norms[-1])

    assert left(weights="fresh") < 1e-9  # forget
    assert left(rho=3.0) < 1e-9  # saturate: far above 1, and yet
    shut, opened = (find_gradients(spec("lstm", words, weights="fresh", forget_bias=bias)).by_c for bias in (None, 3.0))
    assert opened[0] / opened[-1] > 1e6 * shut[0] / shut[-1]  # gate
    rnn, lstm = (find_gradients(spec(cell, continued(WORDS, 200))).by_h for cell in ("rnn", "lstm"))
    assert lstm[0] / lstm[-1] > 1e3 * rnn[0] / rnn[-1]  # long
    free, tamed = (run(ClippingSpec(clip=clip, threshold=1.0)).loss for clip in ("none", "norm"))
    assert not free[-1] < tamed[-1]  # clip
    (explode,) = (one for one in CONTRASTS if one.name == "explode")
    query = {key: str(value) for key, value in explode.sets.items()}
    grown = lines(open_page(page="gradients", curve="skip", **query), "chart_gradient_norms")["RNN"]
    assert grown[9] > 100 * grown[59]
