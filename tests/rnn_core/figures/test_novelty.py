from __future__ import annotations

import pytest

from rnn_core.figures import Found, Theme, novelty
from rnn_core.messages import LANGUAGES
from tests.rnn_core.figures.cases import sound, traces

ROWS = (Found("GRU 64", "gru", 440, 40, 520), Found("3-gram", None, 1000, 0, 0))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_bars_are_the_shares_and_the_guess_stands_in_their_picture(lang: str) -> None:
    *bars, guess = traces(sound(novelty(ROWS, 0, 50, lang=lang, theme=Theme())))
    assert [bar["x"].tolist() for bar in bars] == [[0.44, 1.0], [0.04, 0.0], [0.52, 0.0]]
    assert guess["x"].tolist() == [0.5]
    plain = sound(novelty(ROWS, 1, None, lang=lang, theme=Theme("dark", 1.7)))
    assert len(traces(plain)) == 3
    assert "100" in plain.finding
