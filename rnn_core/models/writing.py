"""A network writes on: what it draws, one token after the other, and from which distributions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from jaxtyping import Float

from rnn_core import runtime
from rnn_core.errors import KiokuError
from rnn_core.models import registry
from rnn_core.statistics.truncation import Truncation
from rnn_core.tasks.language import find_tokenizer
from rnn_core.tasks.written import CORPORA, END, START

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rnn_core.models.model_trace import ModelTrace
    from rnn_core.specs import ModelSpec

MOST_WORDS = 16
"""Words that are written at most where sentences are; a task of characters says its own number (`Corpus.longest`)."""
MOST_GIVEN = 24
"""Tokens of a beginning that are read: the last ones."""
AS_IT_IS = Truncation()


@dataclass(frozen=True)
class Hypothesis:
    """What a beam holds.

    Attributes:
        chosen: the outputs, by their numbers.
        surprise: −log p of all of them.
        ended: the last one ends it.
    """

    chosen: tuple[int, ...]
    surprise: float
    ended: bool


@dataclass(frozen=True, eq=False)
class Written:
    """What was written.

    Shapes: G given tokens, N written ones, V outputs.

    Attributes:
        trace: what the network computed of all tokens, given and written; what ends it is not read.
        given: G, among them what stands before the first character.
        chosen: the N outputs, by their numbers; the last one ends it, unless there are as many as there may be.
        after: what each was taken from, (N, V), each row sums to 1; read-only.
        beam: the hypotheses that a beam ended with, the best first; () where none was held.
    """

    trace: ModelTrace
    given: int
    chosen: tuple[int, ...]
    after: Float[np.ndarray, "N V"]
    beam: tuple[Hypothesis, ...] = ()

    @property
    def before(self) -> Float[np.ndarray, "N V"]:
        """What the network expected at each step, (N, V)."""
        return self.trace.probabilities[self.given - 1 : self.given - 1 + len(self.chosen)]

    @property
    def ended(self) -> bool:
        """Whether it came to its end by itself."""
        return self.trace.ends[self.chosen[-1]]

    def continued(self, chosen: Sequence[int]) -> str:
        """Some outputs as a text, without what ends a row of characters."""
        return "".join(self.trace.outputs[at] for at in chosen).removesuffix(END)

    @property
    def surprise(self) -> Float[np.ndarray, " N"]:
        """−log p of each written output, as the network expected it, in float64."""
        found: Float[np.ndarray, " N"] = -np.log(self.before[range(len(self.chosen)), self.chosen].astype(np.float64))
        return found


def beginning(task: str, text: str) -> tuple[tuple[str, ...], bool]:
    """The tokens with which a network of a task begins, and whether some of the text was left out.

    Raises:
        KiokuError: no such task, or nothing to begin with where words are written.

    Example:
        >>> beginning("given_names", "ハナ")
        (('▶', 'は', 'な'), False)
    """
    own, corpus = find_tokenizer(task), CORPORA.get(task)
    try:
        found = own.segment(corpus.plain(text) if corpus else text)
    except KiokuError:
        if corpus is None:
            raise
        return (START,), False  # a row of characters may begin with nothing
    first = (START,) if corpus else ()
    return (*first, *found.tokens[:MOST_GIVEN]), found.cut or len(found.tokens) > MOST_GIVEN


def most_written(task: str) -> int:
    """So many tokens are written at most."""
    return CORPORA[task].longest if task in CORPORA else MOST_WORDS


def draw(spec: ModelSpec, tokens: Sequence[str], truncation: Truncation, seed: int) -> Written:
    """Write on by chance, from what is left of each distribution.

    Args:
        spec: which network.
        tokens: the beginning, at least one.
        truncation: what is left of a distribution.
        seed: draws.

    Raises:
        KiokuError: no tokens; and what `Family.load` raises.
    """
    generator, chosen = runtime.generator(seed), list[int]()
    while _goes_on(spec, chosen):
        row = _left(spec, tokens, chosen, truncation)
        uniform = torch.rand(1, dtype=torch.float64, generator=generator).numpy()
        chosen.append(int(inverse(row[None], uniform)[0]))
    return _written(spec, tokens, tuple(chosen), truncation)


def search(spec: ModelSpec, tokens: Sequence[str], width: int) -> Written:
    """Write on what is most probable as a whole, as far as a beam of this width finds it; of width 1, greedily.

    Raises:
        KiokuError: no tokens; and what `Family.load` raises.
    """
    beam, done = [Hypothesis((), 0.0, ended=False)], list[Hypothesis]()
    while beam and _goes_on(spec, beam[0].chosen):
        grown = [longer for one in beam for longer in _grown(spec, tokens, one, width)]
        best = sorted(grown, key=lambda one: one.surprise)[:width]
        done += [one for one in best if one.ended]
        beam = [one for one in best if not one.ended]
        if done and beam and min(one.surprise for one in done) <= beam[0].surprise:
            break  # what grows becomes less probable with every token
    found = tuple(sorted(done or beam, key=lambda one: one.surprise)[:width])
    return _written(spec, tokens, found[0].chosen, AS_IT_IS, found)


def inverse(probabilities: Float[np.ndarray, "N V"], uniform: Float[np.ndarray, " N"]) -> np.ndarray:
    """The output at a share of the way through all of them, (N,); one of probability 0 is never it.

    Example:
        >>> [int(inverse(np.array([[0.25, 0.0, 0.75]]), np.array([at]))[0]) for at in (0.0, 0.2, 0.25, 0.99)]
        [0, 0, 2, 2]
    """
    reached = np.cumsum(probabilities, axis=1)
    return np.asarray((reached <= uniform[:, None] * reached[:, -1:]).sum(axis=1))


def admitted(task: str, text: str, distribution: Float[np.ndarray, " V"]) -> Float[np.ndarray, " V"]:
    """A distribution without what may not be shown after a text, in float64."""
    corpus, row = CORPORA.get(task), distribution.astype(np.float64)
    if corpus is None or corpus.shown is None:
        return row
    row[corpus.barred(text.removeprefix(START))] = 0
    found: Float[np.ndarray, " V"] = row / row.sum()
    return found


def _goes_on(spec: ModelSpec, chosen: Sequence[int]) -> bool:
    ended = bool(chosen) and find_tokenizer(spec.task).ends[chosen[-1]]
    return not ended and len(chosen) < most_written(spec.task)


def _left(
    spec: ModelSpec, tokens: Sequence[str], chosen: Sequence[int], truncation: Truncation
) -> Float[np.ndarray, " V"]:
    """What is drawn from after the beginning and what was chosen."""
    outputs = find_tokenizer(spec.task).outputs
    so_far = [*tokens, *(outputs[one] for one in chosen)]
    expected = registry.distributions(spec, so_far)[-1]
    return truncation.apply(admitted(spec.task, "".join(so_far), expected))


def _grown(spec: ModelSpec, tokens: Sequence[str], one: Hypothesis, width: int) -> list[Hypothesis]:
    """A hypothesis with each of its most probable next outputs."""
    row, ends = _left(spec, tokens, one.chosen, AS_IT_IS), find_tokenizer(spec.task).ends
    best = (int(index) for index in np.argsort(-row, kind="stable")[:width] if row[index] > 0)
    return [Hypothesis((*one.chosen, at), one.surprise - float(np.log(row[at])), ends[at]) for at in best]


def _written(
    spec: ModelSpec,
    tokens: Sequence[str],
    chosen: tuple[int, ...],
    truncation: Truncation,
    beam: tuple[Hypothesis, ...] = (),
) -> Written:
    outputs, ends = find_tokenizer(spec.task).outputs, find_tokenizer(spec.task).ends
    trace = registry.run(spec, [*tokens, *(outputs[one] for one in chosen if not ends[one])])
    after = np.array([_left(spec, tokens, chosen[:at], truncation) for at in range(len(chosen))])
    after.flags.writeable = False
    return Written(trace, len(tokens), chosen, after, beam)
