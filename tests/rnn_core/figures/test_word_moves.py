from __future__ import annotations

import numpy as np
import pytest

from rnn_core.errors import KiokuError
from rnn_core.figures import Moves, Theme, word_moves
from rnn_core.figures.word_moves import HIGH, LOW
from rnn_core.messages import LANGUAGES
from tests.rnn_core.figures.cases import GLOSSES, LOOKS, WORDS, data, sound, traces, words

MOVED = np.array([1.5, 0.25, 1e-4, 2.0, 1.0, 0.5])
READINGS = [
    Moves(positions=True, causal=True, moved=MOVED),
    Moves(positions=True, causal=False, moved=MOVED / 2),
    Moves(positions=False, causal=True, moved=MOVED[::-1]),
    Moves(positions=False, causal=False, moved=np.zeros(6)),
]


def draw(readings=READINGS, tokens=WORDS, **options):
    return sound(word_moves(readings, tokens, **({"lang": "ja", "theme": Theme()} | options)))


def test_a_cell_is_the_logarithm_and_carries_the_number_itself() -> None:
    cells, rings, numbers = traces(draw())
    np.testing.assert_array_equal(cells["customdata"], [one.moved for one in READINGS])
    np.testing.assert_allclose(cells["z"][0, :2], np.log10([1.5, 0.25]), rtol=1e-6)
    assert cells["z"][0, 2] == LOW
    assert (cells["zmin"], cells["zmax"]) == (LOW, HIGH)
    assert np.isnan(cells["z"][3]).all()
    assert list(zip(rings["x"], rings["y"], strict=True)) == [(place, 3) for place in range(1, 7)]
    assert len(numbers["text"]) == 18


def test_the_finding_says_which_way_changes_nothing_or_how_far_all_go() -> None:
    assert draw().finding == "状態は単語と一緒に移るだけで、ビット単位で一致：位置符号化なし・マスクなし。"
    assert draw(READINGS[:2]).finding == (
        "変化の平均：位置符号化あり・因果マスクあり 0.88、位置符号化あり・マスクなし 0.44。"
    )


def test_a_single_bit_is_not_nothing() -> None:
    almost = [*READINGS[:3], Moves(positions=False, causal=False, moved=np.array([0, 0, 0, 0, 0, 1e-9]))]
    assert "bitwise" not in draw(almost, lang="en").finding
    assert draw(almost).legend.marks
    nowhere = [Moves(positions=True, causal=True, moved=MOVED)]
    assert not draw(nowhere).legend.marks


@pytest.mark.parametrize("theme", LOOKS, ids=str)
@pytest.mark.parametrize("steps", [2, 12, 60])
def test_it_can_be_drawn_at_every_length(theme: Theme, steps: int) -> None:
    readings = [Moves(positions=True, causal=True, moved=np.linspace(0, 2, steps))]
    assert len(traces(draw(readings, words(steps), theme=theme))) == (3 if steps <= 12 else 2)


def test_languages_change_words_only() -> None:
    ja, en = (repr([data(trace) for trace in traces(draw(lang=lang, glosses=GLOSSES))]) for lang in LANGUAGES)
    assert ja == en


def test_another_number_of_words_is_refused() -> None:
    with pytest.raises(KiokuError) as caught:
        draw(tokens=words(5))
    assert caught.value.code == "figure_words"


@pytest.mark.parametrize("guess", [None, 0, 3])
def test_the_guess_stands_in_the_picture(guess: int | None) -> None:
    picture = draw(guess=guess)
    rows = picture.figure.to_plotly_json()["layout"]["yaxis"]["ticktext"]
    assert [row.startswith("▶") for row in rows] == [row == guess for row in range(4)]
    assert ("▶" in {mark.glyph for mark in picture.legend.marks}) == (guess is not None)
