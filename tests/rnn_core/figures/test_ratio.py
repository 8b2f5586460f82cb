from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_core.figures.ratio import power, ratio


@pytest.mark.parametrize(
    ("value", "ja", "en"),
    [
        (0.0303, "1/33", "1/33"),
        (1 / 910_432, "1/910,000", "1/910,000"),
        (0.4, "1/2.5", "1/2.5"),
        (0.34, "1/2.9", "1/2.9"),
        (0.5, "0.50 倍", "0.50 ×"),
        (0.98, "0.98 倍", "0.98 ×"),
        (0.999, "1 倍", "1 ×"),
        (2.0, "2 倍", "2 ×"),
        (117.4, "120 倍", "120 ×"),
        (999_999.0, "1,000,000 倍", "1,000,000 ×"),
        (3.2e12, "10¹³ 倍", "10¹³ ×"),
        (4e-7, "10⁻⁶", "10⁻⁶"),
        (1.02e-26, "10⁻²⁶", "10⁻²⁶"),
        (5e-324, "10⁻³²³", "10⁻³²³"),
        (0.0, "0", "0"),
        (math.inf, "∞", "∞"),
        (math.nan, "NaN", "NaN"),
    ],
)
def test_a_ratio_is_said_with_two_figures(value: float, ja: str, en: str) -> None:
    assert (ratio(value, "ja"), ratio(value, "en")) == (ja, en)


@given(st.floats(1e-5, 1e5))
def test_a_ratio_is_near_to_what_it_says(value: float) -> None:
    said = ratio(value, "en")
    plain = re.fullmatch(r"(1/)?([\d,.]+)( ×)?", said)
    number = float(plain[2].replace(",", ""))
    assert value == pytest.approx(1 / number if plain[1] else number, rel=0.06)


@pytest.mark.parametrize(
    ("exponent", "said"), [(-12, "10⁻¹²"), (0, "1"), (1, "10"), (0.5, "3"), (1.5, "30"), (2, "10²")]
)
def test_the_ends_of_a_scale_are_round(exponent: float, said: str) -> None:
    assert power(exponent) == said
