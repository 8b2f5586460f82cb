from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages._chapters.attention.prediction import NEAR, RIGHT, SHAPE, _read, counted, of_length, question
from pages._ui.shell import CHAPTERS, View
from rnn_core.figures import Counts, Theme
from rnn_core.figures.captions import hundredths
from rnn_core.messages import text


@pytest.mark.parametrize("said", ["60_40_20_10_5", "0_0_0_0_0", "100_100_100_100_100"])
def test_what_the_strip_writes_is_read(said: str) -> None:
    assert SHAPE.fullmatch(said)
    assert _read(said, 5) == [int(value) for value in said.split("_")]


@pytest.mark.parametrize("said", ["", "60", "60_40_20_10", "60_40_20_10_101", "-1_0_0_0_0", "a_b_c_d_e", "１_0_0_0_0"])
def test_what_is_no_curve_is_not(said: str) -> None:
    assert _read(said, 5) is None


def test_of_a_length_each_network_has_its_own_count_where_there_is_one() -> None:
    counts = [
        Counts(name, (5, 6), right, (10, 20), style)
        for style, (name, right) in enumerate((("a", (1, 2)), ("b", (3, 4)), ("c", (5, 6))))
    ]
    assert of_length(counts, 6) == {"none": (2, 20), "additive": (4, 20), "dot": (6, 20)}
    assert of_length(counts, 7) == {}


@given(task=st.sampled_from(["phrases", "names"]), curve=st.lists(st.integers(0, 100), min_size=8, max_size=8))
def test_every_curve_is_kept_as_drawn_and_judged_by_how_far_it_is_off(task: str, curve: list[int]) -> None:
    state = {"task": task, "hidden": 48, "guess_accuracy": ""}
    counts = counted(view(state))
    points = curve[: len(counts[0].lengths) - 1]
    asked = question(view(state | {"guess_accuracy": "_".join(map(str, points))}), counts)
    assert list(asked.curve.guess[1:]) == points
    off = float(np.abs(np.array(points) / 100 - counts[0].shares[1:]).mean())
    verdict, why = asked.verdict
    assert verdict == ("right" if off <= RIGHT else "near" if off <= NEAR else "wrong")
    assert why.endswith(text("attention.off", "en", off=hundredths(off)))


def test_while_it_is_asked_nothing_of_the_measurement_is_there_but_its_start() -> None:
    open_question = question(view({"task": "phrases", "hidden": 48, "guess_accuracy": ""}), counted(view()))
    assert (open_question.answer, open_question.verdict, open_question.curve.shares) == (None, None, None)
    assert open_question.curve.given == round(100 * counted(view())[0].shares[0])


def view(state: dict[str, object] | None = None) -> View:
    return View(CHAPTERS[0], "en", Theme(), state or {"task": "phrases", "hidden": 48}, ())
