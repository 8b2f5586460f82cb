from __future__ import annotations

import pytest

from rnn_core.claims import data
from rnn_core.figures import Theme, words_read_back
from rnn_core.figures.captions import percent
from tests.rnn_core.figures.cases import sound, traces


@pytest.mark.parametrize(("hidden", "lang"), [(8, "ja"), (64, "en")])
def test_a_line_a_cell_and_one_for_the_commonest_word(hidden: int, lang: str) -> None:
    shares, chance = data.read_back(hidden)
    drawn = sound(words_read_back(shares, chance, hidden, lang=lang, theme=Theme()))
    assert [tuple(line["y"]) for line in traces(drawn)] == [*shares.values(), chance]
    assert percent(shares["lstm"][0], lang) in drawn.finding
    assert percent(shares["lstm"][-1], lang) in drawn.finding
