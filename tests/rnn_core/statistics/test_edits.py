from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rnn_core.statistics.edits import unmatched

WORDS = st.lists(st.sampled_from("abc"), max_size=7)


@given(WORDS, WORDS)
def test_what_is_matched_is_common_to_both_and_as_long_from_either_side(words: list[str], against: list[str]) -> None:
    kept = [word for at, word in enumerate(words) if at not in unmatched(words, against)]
    back = [word for at, word in enumerate(against) if at not in unmatched(against, words)]
    assert len(kept) == len(back)
    rest = iter(against)
    assert all(word in rest for word in kept)


@given(WORDS, WORDS)
def test_nothing_of_a_part_is_unmatched(words: list[str], more: list[str]) -> None:
    assert unmatched(words, [*more, *words]) == frozenset()
    assert len(unmatched([*more, *words], words)) == len(more)


def test_what_is_put_in_marks_only_itself() -> None:
    assert unmatched(["the", "cold", "sea"], ["the", "sea"]) == {1}
    assert unmatched([], ["a"]) == frozenset()
    assert unmatched(["a", "b"], []) == {0, 1}
