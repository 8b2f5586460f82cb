from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_core.segmentation.tags import START, STOP, boundaries_of, changes, glyphs, spans, viterbi, words_of


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


@given(one=st.lists(st.integers(1, 4), max_size=6), other=st.lists(st.integers(1, 4), max_size=6))
def test_changes_are_where_two_segmentations_part(one: list[int], other: list[int]) -> None:
    """Both made of one text; the stretches between them are alike."""
    text = "あいうえおかきくけこさしすせそたちつてとなにぬねの"[: max(sum(one), sum(other), 1)]
    own, changed = (divided(text, lengths) for lengths in (one, other))
    found = changes(own, changed)
    for change in found:
        assert "".join(change.own) == "".join(change.other) == text[change.begin : change.end]
        assert not boundaries_of(change.own) & boundaries_of(change.other)
    moved = {k for change in found for words in (change.own, change.other) for k in inside(change.begin, words)}
    assert moved == boundaries_of(own) ^ boundaries_of(changed)


def divided(text: str, lengths: list[int]) -> tuple[str, ...]:
    ends = [0]
    for length in lengths:
        ends.append(min(ends[-1] + length, len(text)))
    return tuple(text[begin:end] for begin, end in pairwise([*ends, len(text)]) if begin < end)


def inside(begin: int, words: tuple[str, ...]) -> set[int]:
    return {begin + k for k in boundaries_of(words)}


def test_a_space_is_shown_by_a_sign() -> None:
    assert glyphs("a\u3000 語") == ("a", "␣", "␣", "語")
