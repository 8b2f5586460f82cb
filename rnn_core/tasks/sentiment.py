"""Does what is said feel good or bad? Small talk again, read in one direction or in two, with as much to learn.

The label is the sentence's own, negation and all: 暖かい is good news, 暖かくない is none. Two questions are
asked of it:

- "sentence": after the whole sentence, once. One direction has then read everything too.
- "word": at each word, of the whole sentence. At an early word one direction has yet to read what turns it.

Held out are the combinations that small talk holds out; of the rest, only a part is learned from (`split`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from pydantic import Field, model_validator

from rnn_core.specs import MAX_HIDDEN, MAX_SEED, Spec
from rnn_core.statistics import intervals
from rnn_core.tasks import smalltalk
from rnn_core.tasks.smalltalk import Sentiment, Split
from rnn_core.tasks.smalltalk.sentences import share

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Self

Asked = Literal["sentence", "word"]
ASKED: tuple[Asked, ...] = ("sentence", "word")
FEELINGS: tuple[Sentiment, ...] = ("positive", "neutral", "negative")
EMBEDDING = 16  # numbers a word comes in as
HIDDEN: Mapping[Literal[1, 2], int] = MappingProxyType({1: 34, 2: 22})
"""Units a direction, so that one direction and two learn almost equally many numbers (`learned`)."""
SEEDS = (0, 1, 2)
CHANCE = 1 / len(FEELINGS)  # the accuracy of an answer by lot
NEGATED, AFFIRMED = "昨夜はあまり暖かくなかった", "昨夜はとても暖かかった"  # not very warm, very warm
TURNING = "今日は雨が降ると言ったけど晴れた"  # rain was said to come, but it cleared up


class SentimentSpec(Spec):
    """Which of the networks.

    Attributes:
        asked: when it says how the sentence feels: after the sentence, or at each word.
        directions: 1, forwards only, or 2.
        hidden: units a direction.

    Raises:
        KiokuError: an unknown field, or a value that is out of range, of the wrong type or missing.

    Example:
        >>> SentimentSpec(asked="word", directions=2).name
        'sentiment-word-2x22-seed0'
    """

    task: Literal["sentiment"] = "sentiment"
    asked: Asked
    directions: Literal[1, 2]
    hidden: int = Field(default=0, ge=0, le=MAX_HIDDEN)
    weights: Literal["trained", "fresh"] = "trained"
    seed: int = Field(default=0, ge=0, le=MAX_SEED)

    @model_validator(mode="after")
    def _of_its_size(self) -> Self:
        if not self.hidden:
            object.__setattr__(self, "hidden", HIDDEN[self.directions])
        return self

    @property
    def name(self) -> str:
        """A short name for files and logs."""
        return f"{self.task}-{self.asked}-{self.directions}x{self.hidden}-seed{self.seed}"


SHIPPED = tuple(SentimentSpec(asked=asked, directions=directions) for asked in ASKED for directions in HIDDEN)


def learned(directions: int, hidden: int) -> int:
    """How many numbers are learned beside the embedding: the recurrent layer's and the readout's.

    Example:
        >>> [learned(directions, hidden) for directions, hidden in HIDDEN.items()]
        [7177, 7175]
    """
    # 4 gates of H rows: E + H weights and torch's two biases; then 3 scores from all directions' states
    recurrent = directions * 4 * hidden * (EMBEDDING + hidden + 2)
    return recurrent + len(FEELINGS) * (directions * hidden + 1)


EVERY = 16  # of so many sentences one is learned: with all of them every network is always right, and nothing is seen


@cache
def split() -> Split:
    """A part of the sentences that small talk learns from, and all that it holds out.

    Example:
        >>> [len(part) for part in split()]
        [853, 1754]
    """
    whole = smalltalk.split()
    learned_from = (example for example in whole.train if share("sentiment", *example.words) % EVERY == 0)
    return Split(tuple(learned_from), whole.test)


@dataclass(frozen=True)
class Count:
    """Of so many decisions, so many are right."""

    correct: int
    of: int

    @property
    def share(self) -> float:
        """The share that is right."""
        return self.correct / self.of

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of the share, Wilson's.

        Example:
            >>> [round(end, 3) for end in Count(95, 100).interval]
            [0.888, 0.978]
        """
        (low,), (high,) = intervals.wilson([self.correct], [self.of])
        return float(low), float(high)


class Spread(NamedTuple):
    """Several seeds' shares: their mean, and the ends of their 95 % intervals, the lowest and the highest."""

    low: float
    mean: float
    high: float

    def meets(self, other: Spread) -> bool:
        """Whether both have a share in common.

        Example:
            >>> low, high = Spread(0.90, 0.93, 0.95), Spread(0.95, 0.97, 0.98)
            >>> low.meets(high), low.meets(Spread(0.96, 0.97, 0.98))
            (True, False)
        """
        return self.low <= other.high and other.low <= self.high


def spread(counts: Sequence[Count]) -> Spread:
    """What the seeds' counts are together.

    Example:
        >>> [round(end, 3) for end in spread([Count(90, 100), Count(95, 100)])]
        [0.826, 0.925, 0.978]
    """
    lows, highs = zip(*(count.interval for count in counts), strict=True)
    return Spread(min(lows), sum(count.share for count in counts) / len(counts), max(highs))


@dataclass(frozen=True)
class Worth:
    """What the networks of one number of directions are worth on held-out combinations, a count a seed.

    Attributes:
        directions: 1 or 2.
        parameters: how many numbers each learned beside the embedding.
        sentence: after the sentence.
        words: over all words, asked at each.
        to_come: the same with 0, 1, … words still to come.
    """

    directions: int
    parameters: int
    sentence: tuple[Count, ...]
    words: tuple[Count, ...]
    to_come: tuple[tuple[Count, ...], ...]
