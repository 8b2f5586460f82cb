from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_core.figures.captions import heatmap, hundredths, joined, number, percent, signed, strongest
from rnn_core.figures.marks import Outliers
from rnn_core.figures.words import Words
from rnn_core.quantities import QUANTITIES

STATE = next(row for row in QUANTITIES if row.scale == "signed" and row.bounds)
GATE = next(row for row in QUANTITIES if row.scale == "share")


def said(row, values, lang: str = "en", limits: tuple[float, float] = (-1, 1)) -> str:
    values = np.array(values)
    words = Words(tuple("abc"[: len(values)]), (), lang)
    return heatmap(row, values, words, Outliers.of(values, *limits))


@given(st.floats(allow_nan=True, allow_infinity=True))
def test_a_number_has_a_real_minus_and_no_exponent_of_a_machine(value: float) -> None:
    made = number(value)
    assert "-" not in made
    assert "e" not in made
    assert made.startswith("−") == (value < 0)


@given(st.floats(-1e5, 1e5).filter(lambda value: abs(value) >= 0.01))
def test_a_number_is_near_to_what_it_says(value: float) -> None:
    assert float(number(value).replace("−", "-").replace(",", "")) == pytest.approx(value, abs=0.501)
    if abs(value) < 100:
        assert float(number(value).replace("−", "-")) == pytest.approx(value, abs=0.00501)


@pytest.mark.parametrize(("value", "made"), [(9.96e-5, "10⁻⁴"), (-1e-5, "−10⁻⁵"), (3.2e7, "3.2 × 10⁷"), (0.0, "0")])
def test_numbers_out_of_the_ordinary(value: float, made: str) -> None:
    assert number(value) == made


def test_what_is_added_has_its_sign() -> None:
    assert [signed(value) for value in (0.5, -0.5, 0.0)] == ["+0.50", "−0.50", "0"]


@given(st.floats(0, 1), st.integers(0, 2))
def test_only_all_is_a_hundred_and_only_nothing_is_zero(share: float, digits: int) -> None:
    made = hundredths(share, digits)
    assert (made == f"{100:.{digits}f}") == (share == 1)
    assert (made == f"{0:.{digits}f}") == (share == 0)
    assert percent(share, "en", digits) == f"{made}%"
    sign, end = made[:2], float(made.lstrip("<> "))
    if sign in ("< ", "> "):  # as it says, and nearer to the end than half of the last digit
        assert (100 * share < end) if sign == "< " else (100 * share > end)
        assert min(share, 1 - share) <= 0.00501 / 10**digits
    else:
        assert end == pytest.approx(100 * share, abs=0.501 / 10**digits)


def test_a_state_names_the_largest_change_and_the_strongest_unit() -> None:
    values = [[0.1, 0.0], [0.2, 0.0], [0.2, -0.9]]
    assert said(STATE, values) == (
        "From word 2 on, the largest change is at “c” (0.90). Largest absolute value: unit 2 at “c”, −0.90."
    )
    assert said(STATE, values, "ja") == (
        "2 語目からの変化は「c」で最大（0.90）。絶対値が最大なのは「c」のユニット 2 で、−0.90。"
    )


def test_one_word_has_no_change() -> None:
    assert said(STATE, [[0.1, -0.3]]) == "Largest absolute value: unit 2 at “a”, −0.30."


def test_gates_name_the_shares_and_the_words_with_the_ends_of_the_mean() -> None:
    values = [[1.0, 0.95], [0.5, 0.05], [0.5, 0.5]]
    assert said(GATE, values, limits=(0, 1)) == (
        "Mean: highest at “a”, 0.97; lowest at “b”, 0.28. 33% of all values are ≥ 0.9, 17% are ≤ 0.1."
    )


def test_where_all_means_are_equal_none_is_the_highest() -> None:
    assert said(GATE, [[1.0, 0.0], [0.0, 1.0]], limits=(0, 1)) == "50% of all values are ≥ 0.9, 50% are ≤ 0.1."


def test_equal_values_are_said_to_be_equal() -> None:
    assert said(GATE, [[0.25, 0.25], [0.25, 0.25]]) == "Every unit is 0.25 at every word."


def test_values_that_are_not_finite_are_counted_and_never_the_strongest() -> None:
    made = said(STATE, [[np.nan, 0.5], [np.inf, 0.25], [-np.inf, 9.0]])
    assert "unit 2 at “c”, 9.00" in made
    assert made.endswith("Beyond the colour scale: 1 NaN, 1 +∞, 1 −∞, 1 above the scale.")


def test_nothing_finite_is_said_to_be_nothing() -> None:
    assert said(STATE, [[np.nan], [np.inf]]).startswith("No value is finite.")


def test_strongest_is_the_largest_size() -> None:
    assert strongest(np.array([[0.5, np.inf], [-0.75, np.nan]])) == (1, 0)


def test_sentences_are_one_text_and_one_is_itself() -> None:
    assert joined(["一。", "二。", "三。"], "ja") == "一。二。三。"
    assert joined(iter(["One.", "Two."]), "en") == "One. Two."
    assert joined(["One."], "en") == "One."
