from __future__ import annotations

import re

from rnn_core.tasks.loanwords import USUAL


def test_words_are_small_letters_and_spellings_katakana() -> None:
    for word, spellings in USUAL.items():
        assert re.fullmatch(r"[a-z]+", word)
        assert spellings
        assert len(set(spellings)) == len(spellings)
        assert all(re.fullmatch(r"[ァ-ヶー]+", spelling) for spelling in spellings)
