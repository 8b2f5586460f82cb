"""The search for sentences in which the backward half of the segmenter matters, and for those in which it does harm.

The sentences are written without kanji, so that where a word ends has to be told from the rest. A small grammar makes
them, so that it is known which segmentation is meant.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from rnn_core.segmentation.measures import revealed
from rnn_core.segmentation.model import segmented
from rnn_core.segmentation.tags import Later

Words = tuple[str, ...]

DAYS = ("てんき", "ひより", "あさ", "そら", "かぜ", "つき")
ANIMALS = ("とり", "ねこ", "いぬ", "うま", "うし", "かめ", "さる", "くま")
DOES = ("いる", "くる", "なく", "ねる", "みる", "はしる", "まつ")
PLACES = ("やま", "うみ", "そら", "にわ", "いえ", "もり")
BE = ("いる", "みえる", "くる")
BY = ("くるま", "ふね", "ばす", "いえ", "えき", "にわ")
UNTIL = ("くる", "ねる", "みる", "かえる", "はれる", "あう")
WAITS = ("まつ", "いく", "あそぶ", "ねる")
THINGS = ("はし", "ほん", "くつ", "いす", "かさ", "はこ", "みち", "まど")
TAKES = ("わたる", "みる", "かう", "とる")


@dataclass(frozen=True)
class Case:
    """One sentence of the grammar.

    Attributes:
        sentence: as it is written.
        meant: its words, for each way in which the grammar makes it.
    """

    sentence: str
    meant: frozenset[Words]

    def words(self, later: Later = "own") -> Words:
        """As the network segments it."""
        return _words(self.sentence, later)

    @property
    def correct(self) -> bool:
        """Whether the whole network finds a segmentation that is meant."""
        return self.words() in self.meant

    @property
    def needed(self) -> bool:
        """The whole network is right; without its backward half, or with one that sees nothing to come, it is not."""
        return self.correct and self.words("off") not in self.meant and self.words("alone") not in self.meant

    @property
    def other_meaning(self) -> bool:
        """Right with and without the backward half, but not with the same words."""
        off = self.words("off")
        return self.correct and off in self.meant and off != self.words()

    @property
    def better_without(self) -> bool:
        """The whole network is wrong, and right without its backward half."""
        return not self.correct and self.words("off") in self.meant

    @property
    def wait(self) -> int:
        """How many characters too many its hardest decision had to wait for."""
        return max(revealed(self.sentence).waits, default=0)


@lru_cache(maxsize=4096)
def _words(sentence: str, later: Later) -> Words:
    return segmented(sentence, later).words


def sentences() -> tuple[Case, ...]:
    """Every sentence of the grammar, in a fixed order, each once.

    Example:
        >>> case = next(case for case in sentences() if case.sentence == "くるまでまつ")
        >>> sorted("/".join(words) for words in case.meant)
        ['くる/まで/まつ', 'くるま/で/まつ']
    """
    made: dict[str, set[Words]] = {}
    patterns = (
        (("今日",), ("は",), ("いい",), DAYS, ("です",), ("ね",)),
        (ANIMALS, ("が",), DOES),
        (PLACES, ("の",), ANIMALS, ("が",), BE),
        (BY, ("で",), WAITS),
        (UNTIL, ("まで",), WAITS),
        (("この", "あの"), THINGS, ("を",), TAKES),
    )
    for pattern in patterns:
        for words in product(*pattern):
            made.setdefault("".join(words), set()).add(words)
    return tuple(Case(sentence, frozenset(meant)) for sentence, meant in made.items())


@dataclass(frozen=True)
class Found:
    """What the search found: how many sentences of each kind, and the clearest one of each.

    The clearest is the one whose hardest decision had to wait longest, then the shortest, then the first.
    """

    sentences: int
    correct: int
    needed: tuple[str, ...]
    other_meaning: tuple[str, ...]
    better_without: tuple[str, ...]


def find() -> Found:
    """Search all sentences; of each kind all that were found, the clearest first."""
    cases = sentences()
    kinds = {
        name: [case for case in cases if getattr(case, name)] for name in ("needed", "other_meaning", "better_without")
    }
    clearest = {
        name: tuple(case.sentence for case in sorted(kind, key=lambda case: (-case.wait, len(case.sentence))))
        for name, kind in kinds.items()
    }
    return Found(len(cases), sum(case.correct for case in cases), **clearest)
