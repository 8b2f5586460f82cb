from __future__ import annotations

import pytest

from pages._chapters.text_generation.novelty import OFFERED, options, right, verdict, why
from rnn_core.figures import Found
from rnn_core.messages import LANGUAGES


@pytest.mark.parametrize("share", [0.0, 0.1, 0.2, 0.44, 0.6, 0.94, 1.0])
def test_there_is_always_a_right_answer_and_one_beside_it_is_near(share: float) -> None:
    found = {guess: verdict(share, guess) for guess in OFFERED}
    assert [guess for guess, said in found.items() if said == "right"] == list(right(share))
    places = [OFFERED.index(guess) for guess in right(share)]
    near = {OFFERED[place + step] for place in places for step in (-1, 1) if 0 <= place + step < len(OFFERED)}
    assert {guess for guess, said in found.items() if said == "near"} == near - set(right(share))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_reason_says_the_shares(lang: str) -> None:
    said = why(Found("GRU 64", "gru", 440, 40, 520), lang)
    assert all(share in said for share in ("44.0%", "52.0%", "1,000"))
    assert len(options(lang)) == len(OFFERED)
