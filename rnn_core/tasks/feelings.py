"""What a text feels like, told by a network with a state: faces character by character, small talk word by word.

Both are `ModelSpec`s with an output for each feeling, so that whatever there is for a network with states is there for
these. They learn from the answer after the last token alone; after an earlier one, theirs is what it would be if the
text ended there.
"""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from rnn_core.quantities import CELLS, Recurrent
from rnn_core.specs import ModelSpec
from rnn_core.tasks import kaomoji, sentiment, smalltalk
from rnn_core.text.tokenizer import Tokenizer, segment
from rnn_core.text.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

FACES, SENTENCES = "kaomoji_feelings", "smalltalk_feelings"
TEXTS = (FACES, SENTENCES)
HIDDEN: Mapping[str, int] = MappingProxyType({FACES: 64, SENTENCES: 32})
SEEDS = (0, 1, 2)
LENGTHS: Mapping[str, tuple[int, ...]] = MappingProxyType({FACES: (6, 9, 12), SENTENCES: (9, 17, 25)})
"""Where a group of longer texts begins, when what is right is counted by length."""

ROWS, JOINED = (2, 3, 4), (1200, 500)  # sentences in a row, and how many rows of each are learned and held out
NEWS: Mapping[str, int] = MappingProxyType({"positive": 1, "neutral": 0, "negative": -1})


class Felt(NamedTuple):
    """A text in its tokens, and what it feels like."""

    tokens: tuple[str, ...]
    feeling: str


class Split(NamedTuple):
    """Those to learn from and those that are held out."""

    train: tuple[Felt, ...]
    test: tuple[Felt, ...]


def network(task: str, cell: Recurrent, seed: int = 0) -> ModelSpec:
    """The network of a task and a cell.

    Example:
        >>> network(FACES, "gru").name
        'kaomoji_feelings-gru-64-seed0'
    """
    return ModelSpec(task=task, cell=cell, hidden=HIDDEN[task], seed=seed)


NETWORKS = tuple(network(task, cell) for task in TEXTS for cell in CELLS)
REPEATED = tuple(spec.model_copy(update={"seed": seed}) for spec in NETWORKS for seed in SEEDS[1:])


@cache
def faces_tokenizer() -> Tokenizer:
    """How a face is read: character by character, its gaps left out."""
    outputs = kaomoji.FEELINGS
    return Tokenizer(Vocabulary(kaomoji.alphabet()), outputs, (True,) * len(outputs), by="character")


@cache
def sentences_tokenizer() -> Tokenizer:
    """How a sentence is read: in the words of small talk."""
    words, outputs = smalltalk.tokenizer(), sentiment.FEELINGS
    return Tokenizer(words.vocabulary, outputs, (True,) * len(outputs), words.glosses)


@cache
def split(task: str) -> Split:
    """The texts of a task, in tokens."""
    if task == FACES:
        train, test = (
            tuple(Felt(segment(face.text, "character").tokens, face.feeling) for face in part)
            for part in kaomoji.split()
        )
        return Split(train, test)
    single = (tuple(Felt(tuple(one.words), one.sentiment) for one in part) for part in sentiment.split())
    train, test = ((*part, *_rows_of(part, count)) for part, count in zip(single, JOINED, strict=True))
    return Split(train, test)


def _rows_of(single: Sequence[Felt], count: int) -> Iterator[Felt]:
    """So many rows of each number of sentences, drawn from these alone."""
    generator = np.random.default_rng(count)
    for size in ROWS:
        for _ in range(count):
            yield join([single[k] for k in generator.integers(len(single), size=size)])


def join(row: Sequence[Felt]) -> Felt:
    """Several sentences as one text, its news added up.

    Example:
        >>> join([Felt(("晴れ",), "positive"), Felt(("雨",), "negative")])
        Felt(tokens=('晴れ', '雨'), feeling='neutral')
    """
    total = np.sign(sum(NEWS[one.feeling] for one in row))
    feeling = next(name for name, news in NEWS.items() if news == total)
    return Felt(tuple(token for one in row for token in one.tokens), feeling)


def length_groups(task: str) -> tuple[tuple[int, int | None], ...]:
    """The groups of `LENGTHS`, each from its shortest to its longest text; the last has no end.

    Example:
        >>> length_groups(FACES)
        ((1, 5), (6, 8), (9, 11), (12, None))
    """
    begins = (1, *LENGTHS[task])
    ends = (*(begin - 1 for begin in begins[1:]), None)
    return tuple(zip(begins, ends, strict=True))
