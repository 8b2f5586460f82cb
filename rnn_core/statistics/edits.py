"""Where two sequences differ: what of one has no partner in the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def unmatched(words: Sequence[str], against: Sequence[str]) -> frozenset[int]:
    """The places, 0-based, of the words that are not in a longest common subsequence with `against`.

    So one word that is put in or left out marks only itself, and not everything that comes after it.

    Example:
        >>> sorted(unmatched("a cold wet day".split(), "a cold day".split()))
        [2]
    """
    # common[i][j]: the length of the longest common subsequence of words[i:] and against[j:]
    common = [[0] * (len(against) + 1) for _ in range(len(words) + 1)]
    for i in reversed(range(len(words))):
        for j in reversed(range(len(against))):
            equal = words[i] == against[j]
            common[i][j] = 1 + common[i + 1][j + 1] if equal else max(common[i + 1][j], common[i][j + 1])
    left, i, j = set(range(len(words))), 0, 0
    while i < len(words) and j < len(against):
        if words[i] == against[j]:
            left.discard(i)
            i, j = i + 1, j + 1
        elif common[i + 1][j] >= common[i][j + 1]:
            i += 1
        else:
            j += 1
    return frozenset(left)
