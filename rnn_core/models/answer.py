"""What any of the networks expects after a whole sentence: its last distribution, without what led to it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Float

from rnn_core.models.model_trace import Guess, likeliest
from rnn_core.order import total_variation
from rnn_core.specs import NetworkSpec
from rnn_core.text.tokenizer import Token


@dataclass(frozen=True, eq=False)
class Answer:
    """What one network expects after the last word of a sentence.

    Shapes: V outputs.

    Attributes:
        spec: which network.
        tokens: the words.
        distribution: the probability of each output, (V,), sums to 1; read-only.
        outputs: the V outputs: the vocabulary's words, then the replies.
        ends: which of the outputs are replies.
        glosses: the English meaning of each output.
    """

    spec: NetworkSpec
    tokens: tuple[Token, ...]
    distribution: Float[np.ndarray, " V"]
    outputs: tuple[str, ...]
    ends: tuple[bool, ...]
    glosses: tuple[str, ...]

    def __post_init__(self) -> None:
        self.distribution.flags.writeable = False

    def top(self, count: int) -> tuple[Guess, ...]:
        """The `count` likeliest outputs, likeliest first."""
        return likeliest(self.distribution, self.outputs, self.ends, self.glosses, count)

    @property
    def reply(self) -> Guess:
        """The likeliest output."""
        return self.top(1)[0]

    def probability(self, output: str) -> float:
        """Of one output."""
        return float(self.distribution[self.outputs.index(output)])


@dataclass(frozen=True, eq=False)
class Contrast:
    """One network's answers to a sentence and to a changed one.

    Attributes:
        spec: which network.
        words: how many words the sentences have.
        answers: both answers, or None where the network can't read so many words.
    """

    spec: NetworkSpec
    words: int
    answers: tuple[Answer, Answer] | None

    @property
    def moved(self) -> float:
        """How much probability moves from one answer to the other, nan where there are none."""
        return total_variation(*(answer.distribution for answer in self.answers)) if self.answers else float("nan")

    @property
    def notices(self) -> bool:
        """Whether any probability is another; not where there are no answers."""
        return self.moved > 0

    @property
    def outputs(self) -> tuple[Guess, ...]:
        """The likeliest output of the first answer, then that of the other, or the next likely where it is the same."""
        if self.answers is None:
            return ()
        before, after = self.answers
        first, second = before.top(2)
        return (first, second if after.reply.text == first.text else after.reply)
