from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import rnn_core as rc
from rnn_core.segmentation import (
    START,
    STOP,
    Revealed,
    boundaries_of,
    glyphs,
    spans,
    viterbi,
    words_of,
)


def score(transitions: np.ndarray, emissions: np.ndarray, path: tuple[int, ...]) -> float:
    whole = (START, *path, STOP)
    steps = sum(transitions[after, before] for before, after in pairwise(whole))
    return float(steps + sum(emissions[t, tag] for t, tag in enumerate(path)))


@given(seed=st.integers(0, 2**16), steps=st.integers(1, 4))
def test_no_path_beats_the_one_that_is_found(seed: int, steps: int) -> None:
    chance = np.random.default_rng(seed)
    transitions, emissions = chance.normal(size=(6, 6)), chance.normal(size=(steps, 6))
    best = max(score(transitions, emissions, path) for path in product(range(6), repeat=steps))
    assert score(transitions, emissions, viterbi(transitions, emissions)) == pytest.approx(best, abs=1e-12)


def test_of_equal_paths_it_is_the_lower_tag_and_of_nothing_there_is_none() -> None:
    assert viterbi(np.zeros((6, 6)), np.zeros((3, 6))) == (0, 0, 0)
    assert viterbi(np.zeros((6, 6)), np.zeros((0, 6))) == ()


@given(tags=st.lists(st.integers(0, 3), min_size=1, max_size=12))
def test_words_are_the_text_and_what_nagisa_makes_of_the_tags(tags: list[int]) -> None:
    import nagisa_utils

    text = "あいうえおかきくけこさし"[: len(tags)]
    words = words_of(text, tuple(tags))
    assert "".join(words) == text
    assert list(words) == nagisa_utils.segmenter_for_bmes(text, tags)
    assert [text[begin:end] for begin, end in spans(words)] == list(words)
    assert boundaries_of(words) == {end for _, end in spans(words)} - {len(text)}


def revealed(rows: list[str]) -> Revealed:
    """Rows such as "1-", a word ends (1) or not (0), - where there is nothing to decide."""
    return Revealed("あ" * len(rows), np.array([[sign == "1" for sign in row] for row in rows], dtype=bool))


def test_a_decision_is_settled_once_it_is_right_and_stays_so() -> None:
    found = revealed(["---", "1--", "00-", "001"])
    assert found.settled == (3, 3, 4)
    assert found.waits == (1, 0, 0)
    assert found.wrong.tolist() == [[False] * 3, [True, False, False], [False] * 3, [False] * 3]
    assert revealed(["--", "1-", "10"]).waits == (0, 0)
    assert revealed([""]).settled == ()


@given(st.data())
def test_waits_are_what_they_say(data: st.DataObject) -> None:
    steps = data.draw(st.integers(1, 7))
    chance = np.random.default_rng(data.draw(st.integers(0, 2**16)))
    ends = np.tri(steps, max(steps - 1, 0), -1, dtype=bool) & (chance.random((steps, max(steps - 1, 0))) < 0.5)
    found = Revealed("あ" * steps, ends)
    for k, (settled, wait) in enumerate(zip(found.settled, found.waits, strict=True), 1):
        assert settled == k + 1 + wait <= steps
        assert all(found.ends[n - 1, k - 1] == found.ends[-1, k - 1] for n in range(settled, steps + 1))
        assert settled == k + 1 or found.ends[settled - 2, k - 1] != found.ends[-1, k - 1]


def test_another_number_of_decisions_than_places_is_refused() -> None:
    with pytest.raises(rc.KiokuError) as error:
        Revealed("あい", np.zeros((2, 2), dtype=bool))
    assert error.value.code == "revealed_shape"


def test_a_space_is_shown_by_a_sign() -> None:
    assert glyphs("a\u3000 語") == ("a", "␣", "␣", "語")
