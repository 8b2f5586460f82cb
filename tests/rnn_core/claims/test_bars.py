from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis.strategies import floats, integers
from scipy.stats import binomtest

from rnn_core.claims import data
from rnn_core.claims.bars import LEAST, bars_of
from rnn_core.claims.rows import CLAIMS

BY_NAME = {claim.name: claim for claim in CLAIMS}


def test_every_claim_has_bars_of_its_own_numbers_within_the_axis() -> None:
    for claim in CLAIMS:
        found = bars_of(claim, data.measured()["claims"][claim.name])
        assert [bar.key for bar in found] == list(claim.bars)
        assert set(claim.bars) <= claim.units.keys() - set(claim.of.values())
        assert all(0 <= bar.length <= 1 for bar in found)


@given(right=integers(0, 300), of=integers(300, 2000))
def test_the_interval_of_a_counted_share_is_scipys(right: int, of: int) -> None:
    claim = replace(BY_NAME["focus"], bars=("five",))
    (bar,) = bars_of(claim, {"five": right / of, "of_names": of})
    theirs = binomtest(right, of).proportion_ci(method="wilson")
    assert bar.interval == pytest.approx((theirs.low, theirs.high), abs=1e-12)
    assert bar.interval[0] - 1e-12 <= bar.value <= bar.interval[1] + 1e-12


def test_a_count_becomes_the_share_that_it_is() -> None:
    bars = bars_of(BY_NAME["direction"], data.measured()["claims"]["direction"])
    assert next(bar.value for bar in bars if bar.key == "off") == 184 / 200


@given(size=floats(0, 1))
def test_an_axis_of_powers_holds_what_is_small_and_nothing_has_no_length(size: float) -> None:
    (bar,) = bars_of(BY_NAME["equation"], {"gap": size})
    assert 0 <= bar.length <= 1
    assert (bar.length == 0) == (size <= LEAST)
