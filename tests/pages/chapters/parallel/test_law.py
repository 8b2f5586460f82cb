from __future__ import annotations

from pages._chapters.parallel import computed, law
from rnn_core.figures import NetworkRounds


def test_what_orders_the_rounds_is_found(warm: None) -> None:
    assert law.outcome(computed.networks()) == law.EXPONENT
    by_units = tuple(
        NetworkRounds("gru", units, exponent, 4, units) for units, exponent in ((8, -1), (16, -3), (32, -2))
    )
    assert law.outcome(by_units) == law.UNITS
    none = tuple(
        NetworkRounds("gru", units, -units, 4, rounds) for units, rounds in ((8, 6), (16, 4), (32, 5), (64, 6))
    )
    assert law.outcome(none) == law.NEITHER


def test_each_option_has_a_name() -> None:
    assert len(set(law.options("ja").values())) == 3
