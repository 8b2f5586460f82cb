from __future__ import annotations

from string import Formatter

import pytest

from pages._chapters.claims import table
from rnn_core.claims import data
from rnn_core.claims.rows import CLAIMS
from rnn_core.messages import LANGUAGES, template


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_sentence_quotes_the_numbers_that_its_row_names(lang: str) -> None:
    for claim in CLAIMS:
        said = template(f"claims.method.{claim.name}", lang)
        assert {name for _, name, _, _ in Formatter().parse(said) if name} == set(claim.units)
        numbers = data.measured()["claims"][claim.name]
        assert table.measured(claim, numbers, lang)
        assert (table.intervals(claim, numbers, lang) == "") == (not claim.of or claim.name == "gru_accuracy")


def test_the_ranges_hold_each_count_once() -> None:
    counts = [count for low, high in table.ranges().values() for count in range(low, high + 1)]
    assert counts == list(range(len(CLAIMS) + 1))


def test_the_range_beside_is_nearly_right() -> None:
    at = table.right()
    judged = {place: table.judged(place) for place in table.ranges()}
    assert judged[at] == "right"
    assert {place for place, one in judged.items() if one == "near"} == {at - 1, at + 1} & judged.keys()
