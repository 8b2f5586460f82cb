from __future__ import annotations

import pytest

from pages._chapters.music.unsure import (
    OFFERED,
    asked,
    best_counting,
    fails,
    lines,
    measured,
    options,
    right,
    verdict,
    why,
)
from rnn_core.messages import LANGUAGES
from rnn_core.tasks.music.spec import SHIPPED, MusicSpec


@pytest.mark.parametrize("value", [1.0, 2.9, 5.0, 7.4, 9.0, 40.0])
def test_there_is_always_a_right_answer_and_one_beside_it_is_near(value: float) -> None:
    found = {guess: verdict(value, guess) for guess in OFFERED}
    assert [guess for guess, said in found.items() if said == "right"] == list(right(value))
    near = [guess for guess, said in found.items() if said == "near"]
    assert near == [one for one in OFFERED if one not in right(value) and min(abs(one - r) for r in right(value)) == 2]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_sentences_say_what_was_measured(warm: None, lang: str) -> None:
    order, other = best_counting()
    assert (order, round(other, 2)) == ("4", 9.49)
    assert "9.49" in asked(lang)
    assert len(options(lang)) == len(OFFERED)
    for spec in SHIPPED:
        assert f"{measured(spec):.2f}" in why(spec, lang)
        assert "BWV" in fails(spec, lang)


def test_the_three_cells_stand_beside_counting(warm: None) -> None:
    found = list(lines("en", MusicSpec(cell="gru")))
    assert [line.cell for line in found] == ["rnn", "lstm", "gru", None, None, None, None]
    assert [line.shown for line in found[:3]] == [False, False, True]
    assert all(line.low < line.value < line.high for line in found if line.low and line.high)
