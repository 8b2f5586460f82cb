from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages._chapters.gradients.prediction import MOST, SHAPE, Guess, ends, places, spread, verdict
from pages._ui.components.gradient_curve import NOTCHES
from rnn_core.messages import text
from rnn_core.models.sentence_gradients import find_gradients
from rnn_core.models.sentence_spec import continued
from rnn_core.quantities import CELLS
from tests.pages.reading import html, keys
from tests.pages.test_gradients import WORDS, lines, spec

if TYPE_CHECKING:
    from tests.pages.conftest import Open

DRAWN = "-10_-8_-6_-4_-2"


@given(st.integers(1, 199))
def test_the_handles_run_from_the_first_word_to_the_loss(at: int) -> None:
    found = places(at)
    assert (found[0], found[-1]) == (0, at)
    assert len(set(found)) == len(found) == min(MOST, at + 1)


@given(st.lists(st.floats(-200, 200), min_size=1, max_size=11), st.integers(1, 60), st.integers(0, 9))
def test_the_curve_goes_through_its_points_and_ends_at_the_loss(drawn: list[float], at: int, after: int) -> None:
    curve = spread([*drawn, 0.0], at + 1 + after, at)
    assert curve[at] == 1
    assert np.log10(curve[0]) == pytest.approx(drawn[0], abs=1e-9)
    assert np.isnan(curve[at + 1 :]).all()
    assert (curve[: at + 1] > 0).all()


def test_what_no_number_can_hold_is_drawn_at_its_end() -> None:
    assert np.isfinite(spread([-999.0, 999.0, 0.0], 3, 2)).all()


@pytest.mark.parametrize("said", ["-1", "-16.5_-3", "_".join(["0"] * 12)])
def test_what_the_strip_writes_is_read(said: str) -> None:
    assert SHAPE.fullmatch(said)


@pytest.mark.parametrize("said", ["", "abc", "1_", "_1", "nan", "1e3", "--1", "１", "_".join(["0"] * 13), "1" * 4])
def test_what_is_no_curve_is_not(said: str) -> None:
    assert not SHAPE.fullmatch(said)


def test_what_was_drawn_has_a_verdict_and_what_was_not_has_none() -> None:
    drawn = Guess("rnn", revealed=True, curve=spread([-26.0, 0.0], 60, 59))
    assert verdict(drawn, 1e-26, 60) == "right"
    assert verdict(drawn, 1.0, 60) == "wrong"
    assert verdict(drawn, 0.0, 60) == "wrong"
    assert verdict(Guess("rnn", revealed=True), 1.0, 60) is None


@pytest.mark.parametrize(("steps", "wide"), [(1, 12), (12, 12), (13, 48), (60, 48), (61, 160), (200, 160), (500, 160)])
def test_the_strip_is_wider_for_more_words(steps: int, wide: int) -> None:
    low, high = ends(steps)
    assert high - low == wide


@pytest.mark.parametrize("cell", CELLS)
def test_the_drawn_curve_lies_in_the_chart_as_it_was_drawn(open_page: Open, cell: str) -> None:
    at = open_page(page="gradients", lang="en", length="once", whose=cell, curve=DRAWN)
    np.testing.assert_allclose(lines(at, "chart_gradient_norms")["guess"], 10.0 ** np.arange(-10, 1, 2), rtol=1e-12)
    assert text("predict.verdict.wrong", "en") in html(at)
    assert "guessed 10<sup>−10</sup>" in html(at)
    at.button(key="again_curve").click().run()
    assert at.session_state["curve"] == ""
    assert keys(at) == []


@pytest.mark.parametrize(("cell", "length"), [("rnn", "once"), ("lstm", "once"), ("gru", "60"), ("rnn", "60")])
def test_a_curve_that_ends_at_the_nearest_notch_is_right_and_far_from_it_is_not(
    open_page: Open, cell: str, length: str
) -> None:
    count = len(WORDS) if length == "once" else int(length)
    norms = find_gradients(spec(cell, continued(WORDS, count))).by_h
    low, high = ends(count)
    notch = (high - low) / NOTCHES
    nearest = low + round((np.log10(norms[0] / norms[-1]) - low) / notch) * notch
    for end, judged in ((nearest, "right"), (nearest + 2 * notch, "near"), (nearest + 4 * notch, "wrong")):
        at = open_page(page="gradients", lang="en", length=length, whose=cell, curve=f"{end:g}_-1")
        assert text(f"predict.verdict.{judged}", "en") in html(at), (end, judged)


@pytest.mark.parametrize(
    "other",
    [
        {"text": "今日は暑い"},
        {"length": "once"},
        {"rho": "0.5"},
        {"weights": "fresh"},
        {"hidden": "8"},
        {"act": "relu"},
        {"start": "identity"},
        {"fbias": "2.0"},
        {"loss": "unit"},
        {"whose": "lstm"},
    ],
)
def test_with_other_settings_the_curve_is_asked_again(open_page: Open, other: dict[str, str]) -> None:
    at = open_page(page="gradients", lang="en", curve=DRAWN)
    assert "gradient_norms" in keys(at)
    for key, value in other.items():
        at.query_params[key] = value
    at.run()
    assert at.session_state["curve"] == ""
    assert at.query_params["curve"] in ("", [""])
    assert keys(at) == []
