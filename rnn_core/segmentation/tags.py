"""What a word segmenter did with a sentence, character by character: immutable, readable without torch.

Each character gets one of four tags: it begins a word of several characters (B), stands in its middle (M), ends it (E),
or is a word by itself (S). The network scores the tags of each character; a table of transitions scores which tag may
follow which; the best path through both (Viterbi) is the segmentation.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
from jaxtyping import Float

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike

    from rnn_core.recurrent.trace import Trace

TAGS = ("B", "M", "E", "S")
BEGIN, MIDDLE, END, SINGLE = range(4)
START, STOP = 4, 5  # the tags before the first character and after the last one
MAX_CHARACTERS = 200  # more of a text is not read: its maps would have more cells than a screen has dots

Later = Literal["own", "off", "alone", "reversed", "other"]
LATER: tuple[Later, ...] = ("own", "off", "alone", "reversed", "other")
"""What the readout is given as the backward half: its own states; zeros; states that have read their own character
and none after it; its own states in reverse order; the states of another sentence."""

# Found by search (`models.segmenter_search`): the clearest sentences of which each is true.
NEEDED = "今日はいいてんきですね"  # right as a whole; wrong without the backward half, also where it is only blind
OTHER_MEANING = "くるまでまつ"  # until it comes, or by car: the backward half decides
BETTER_WITHOUT = "そらのいぬがいる"  # wrong as a whole, right without the backward half
NEVER_RIGHT = "すもももももももものうち"  # a plum and a peach are both peaches: too much for any half
UNMOVED = "今日は天気が良いね"  # the same words without the backward half, and where it is blind


class Searched(NamedTuple):
    """What the search found, in sentences: all, those that the network gets right, and of which kinds."""

    sentences: int
    correct: int
    needed: int
    better_without: int


SEARCHED = Searched(sentences=314, correct=240, needed=12, better_without=23)


@dataclass(frozen=True)
class Characters:
    """A text as the segmenter reads it.

    Attributes:
        text: its characters, in the form in which nagisa reads them; never empty.
        unknown: those that the network has no numbers for, each once.
        cut: there was more text than `MAX_CHARACTERS`.
    """

    text: str
    unknown: tuple[str, ...]
    cut: bool


@dataclass(frozen=True, eq=False)
class Segmentation:
    """Everything that the segmenter computed on one sentence.

    Shapes: T characters, D = 200 numbers each, H = 50 units a direction, K = 6 tags: B M E S, start and end.

    Attributes:
        characters: the text.
        later: what stood in for the backward half.
        other: the text whose backward half was taken, as it was read; "" where none was.
        inputs: what the network received, (T, D); read-only.
        layers: every quantity of both directions; `layers.output` is what the readout received, (T, 2H).
        emissions: the score of each tag for each character, (T, K); read-only.
        transitions: `transitions[next, tag]`, the score of one tag after another, (K, K); read-only.
        tags: the best path, one of 0 … 3 (`TAGS`) a character.
    """

    characters: Characters
    later: Later
    other: str
    inputs: Float[np.ndarray, "T D"]
    layers: Trace
    emissions: Float[np.ndarray, "T K"]
    transitions: Float[np.ndarray, "K K"]
    tags: tuple[int, ...]

    def __post_init__(self) -> None:
        for array in (self.inputs, self.emissions, self.transitions):
            array.flags.writeable = False

    def __len__(self) -> int:
        """T, the number of characters."""
        return len(self.characters.text)

    @property
    def words(self) -> tuple[str, ...]:
        """The words."""
        return words_of(self.characters.text, self.tags)


def viterbi(transitions: ArrayLike, emissions: ArrayLike) -> tuple[int, ...]:
    """The path of tags with the highest score: the sum of its emissions and transitions, from START to STOP.

    In float64; of equal scores the lower tag. No path at all for no characters.

    Args:
        transitions: (K, K), `transitions[next, tag]`.
        emissions: (T, K).

    Source: G. D. Forney, Proceedings of the IEEE 61 (1973) 268; for tags over a BiLSTM Z. Huang et al.,
    arXiv:1508.01991. The order of the sums is nagisa's, so that the path is the same also where two scores are close.

    Example:
        >>> free = np.zeros((6, 6))
        >>> viterbi(free, [[3, 0, 0, 1, 0, 0], [0, 0, 2, 1, 0, 0]])
        (0, 2)
    """
    scores = np.asarray(emissions, np.float64)
    (path,) = best_paths(transitions, scores[None], [len(scores)])
    return path


def best_paths(transitions: ArrayLike, emissions: ArrayLike, lengths: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """`viterbi` of many sequences at once.

    Args:
        transitions: (K, K), `transitions[next, tag]`.
        emissions: (N, T, K), filled up with anything.
        lengths: of each of the N.

    Example:
        >>> best_paths(np.zeros((6, 6)), [[[3, 0, 0, 1, 0, 0], [0, 0, 2, 1, 0, 0]]] * 2, [2, 1])
        ((0, 2), (0,))
    """
    table, scores = np.asarray(transitions, np.float64), np.asarray(emissions, np.float64)
    best = np.full((len(scores), table.shape[0]), -1e10)
    best[:, START] = 0.0
    came, last = [], [best]
    for t in range(scores.shape[1]):
        # best_t[next] = max over tags of best_{t−1}[tag] + transition[next, tag], + emission_t[next]
        paths = best[:, None, :] + table  # (N, K, K)
        came.append(paths.argmax(axis=2))
        best = paths.max(axis=2) + scores[:, t]
        last.append(best)
    found = []
    for row, length in enumerate(lengths):
        tag, path = int((last[length][row] + table[STOP]).argmax()), []
        for before in reversed(came[:length]):
            path.append(tag)
            tag = int(before[row, tag])
        found.append(tuple(reversed(path)))
    return tuple(found)


def words_of(text: str, tags: tuple[int, ...]) -> tuple[str, ...]:
    """The words that these tags make: one ends after E, and before and after S.

    Example:
        >>> words_of("今日は", (BEGIN, END, SINGLE))
        ('今日', 'は')
    """
    words, word = [], ""
    for character, tag in zip(text, tags, strict=True):
        if tag == SINGLE and word:
            words.append(word)
            word = ""
        word += character
        if tag in (END, SINGLE):
            words.append(word)
            word = ""
    return (*words, word) if word else tuple(words)


def boundaries_of(words: tuple[str, ...]) -> frozenset[int]:
    """After how many characters a word ends, the end of the text left out.

    Example:
        >>> sorted(boundaries_of(("今日", "は", "暑い")))
        [2, 3]
    """
    ends, read = [], 0
    for word in words:
        read += len(word)
        ends.append(read)
    return frozenset(ends[:-1])


def spans(words: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    """Where each word begins and ends, in characters.

    Example:
        >>> spans(("今日", "は"))
        ((0, 2), (2, 3))
    """
    ends = [0]
    for word in words:
        ends.append(ends[-1] + len(word))
    return tuple(pairwise(ends))


def glyphs(text: str) -> tuple[str, ...]:
    """The characters as pictures show them: a space by a sign, since it has no shape.

    Example:
        >>> glyphs("a\u3000b")
        ('a', '␣', 'b')
    """
    return tuple("␣" if character.isspace() else character for character in text)
