from __future__ import annotations

import pytest

from rnn_core.claims import data
from rnn_core.claims.rows import CLAIMS, Claim

claims = pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.name)
TIMED = "gru_speed"  # differs from run to run


@claims
def test_the_stored_numbers_bear_the_verdict_out(claim: Claim) -> None:
    found = data.measured()["claims"][claim.name]
    assert claim.supported(found)
    assert claim.units.keys() <= found.keys()


def test_every_claim_has_its_numbers_and_nothing_else_has() -> None:
    assert [claim.name for claim in CLAIMS] == list(data.measured()["claims"])


@pytest.mark.parametrize("claim", [one for one in CLAIMS if one.name != TIMED], ids=lambda claim: claim.name)
def test_measured_again_it_is_what_is_stored(claim: Claim) -> None:
    stored = data.measured()["claims"][claim.name]
    near = {"abs": 1e-13} if claim.name in ("equation", "same_weights") else {"rel": 0.03, "abs": 0.01}
    assert dict(claim.measure()) == pytest.approx(stored, **near)


@pytest.mark.parametrize(
    ("name", "number", "value"),
    [
        ("gru_size", "fewer", 0.2),
        ("gru_gates", "gru", 3),
        ("bottleneck", "none_4", 0.5),
        ("waiting", "stages", 61),
        ("vanishing", "rnn", 0.1),
    ],
)
def test_other_numbers_would_not(name: str, number: str, value: float) -> None:
    (claim,) = (one for one in CLAIMS if one.name == name)
    assert not claim.supported({**data.measured()["claims"][name], number: value})
