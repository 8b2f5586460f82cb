from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_core.segmentation.tags import START, STOP, boundaries_of, glyphs, spans, viterbi, words_of


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


def test_a_space_is_shown_by_a_sign() -> None:
    assert glyphs("a\u3000 語") == ("a", "␣", "␣", "語")
