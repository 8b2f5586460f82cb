"""Beam search: keep the few likeliest beginnings at each step, and see which were dropped on the way.

The score of a beginning is the logarithm of its probability, Σ_t log p(y_t | y_<t, source), with no bonus for length.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from rnn_core.errors import KiokuError
from rnn_core.specs import TranslatorSpec
from rnn_core.text.tokenizer import Token
from rnn_core.translation.decoding import limit_of
from rnn_core.translation.registry import memoized, read_tokens, vocabularies

WIDEST = 64


@dataclass(frozen=True)
class Node:
    """A beginning of the output, by its last token.

    Attributes:
        token: the last token's text.
        index: its number among the model's outputs.
        step: at which step it is written, 0-based: the beginning has step + 1 tokens.
        parent: the place in the tree of the beginning that it goes on from; None at the first step.
        probability: of this token after that beginning.
        log_probability: of the whole beginning, ≤ 0.
        in_beam: whether it was among the `width` likeliest of its step; the others were dropped.
        ends: whether it is a whole output.
    """

    token: str
    index: int
    step: int
    parent: int | None
    probability: float
    log_probability: float
    in_beam: bool
    ends: bool


@dataclass(frozen=True)
class Beam:
    """What a search found, as a tree.

    Attributes:
        spec: which model.
        tokens: the source as the model received it.
        width: how many beginnings were kept at each step.
        nodes: those kept, and for each the likeliest `width` ways to go on, parents before their children.
        best: the place of the likeliest whole output; of the likeliest beginning where none came to its end.
    """

    spec: TranslatorSpec
    tokens: tuple[Token, ...]
    width: int
    nodes: tuple[Node, ...]
    best: int

    def path(self, place: int) -> tuple[int, ...]:
        """The places of the nodes from the first step to this one.

        Raises:
            KiokuError: there is no such node.
        """
        if not 0 <= place < len(self.nodes):
            raise KiokuError("no_such_place", field="node", given=repr(place), last=len(self.nodes) - 1)
        found: list[int] = []
        at: int | None = place
        while at is not None:
            found.append(at)
            at = self.nodes[at].parent
        return tuple(found[::-1])

    def written(self, place: int | None = None) -> tuple[str, ...]:
        """The tokens of one beginning, of the best where none is named, without the one that ends."""
        nodes = (self.nodes[at] for at in self.path(self.best if place is None else place))
        return tuple(node.token for node in nodes if not node.ends)


def beam_search(spec: TranslatorSpec, tokens: Sequence[str], width: int, length: int | None = None) -> Beam:
    """Beam search with `width` hypotheses at each step; with 1 it gives what `translate` does, greedy decoding.

    Whole outputs leave the beam. The search is over when none that is left could still become likelier than the best
    of them, or at `length`.

    Args:
        spec: which model.
        tokens: the source, as for `translate`.
        width: how many beginnings are kept at each step.
        length: how many tokens at most; None for the task's own limit.

    Raises:
        KiokuError: a width that is none; and what `translate` raises.

    Example:
        >>> found = beam_search(TranslatorSpec(task="katakana", attention="dot", hidden=128), tuple("tokyo"), width=3)
        >>> "".join(found.written())
        'トキオ'
    """
    wide, limit = _width(width), limit_of(spec, length)
    seen, ids = read_tokens(spec, tokens)
    known, model = vocabularies(spec), memoized(spec)
    nodes: list[Node] = []
    with torch.inference_mode():
        memory = model.encode(torch.tensor([ids]), torch.tensor([len(ids)]))
        live, state, ended = [-1], memory.start, -math.inf
        for step in range(limit):
            previous = torch.tensor([nodes[at].index if at >= 0 else known.begin for at in live])
            done = model.step(previous, state, memory.repeat(len(live)))
            found = _children(nodes, live, done.scores, known.target, known.end, wide, step)
            nodes += found
            ended = max([ended, *(node.log_probability for node in found if node.in_beam and node.ends)])
            live, rows = _going_on(nodes, live, len(found), ended)
            if not live:
                break
            state = tuple(part[rows] for part in done.state)
    return Beam(spec, seen, wide, tuple(nodes), _best(nodes))


def _width(given: object) -> int:
    try:
        wide = 0 if isinstance(given, bool) else operator.index(given)  # type: ignore[arg-type]  # a TypeError says no
    except TypeError:
        wide = 0
    if not 1 <= wide <= WIDEST:
        raise KiokuError("beam_width", given=given, last=WIDEST)
    return wide


def _children(
    nodes: Sequence[Node], live: Sequence[int], scores: Tensor, words: Sequence[str], end: int, wide: int, step: int
) -> list[Node]:
    """The `wide` likeliest ways on from each beginning that is left; the likeliest of all of them are kept."""
    logs = scores.double().log_softmax(dim=-1).numpy()  # (B, V)
    before = np.array([nodes[at].log_probability if at >= 0 else 0.0 for at in live])  # (B,)
    likeliest = np.argsort(-logs, axis=1, kind="stable")[:, :wide]  # (B, wide)
    totals = before[:, None] + np.take_along_axis(logs, likeliest, axis=1)
    first = set(np.argsort(-totals, axis=None, kind="stable")[:wide].tolist())
    return [
        Node(
            token=words[index],
            index=int(index),
            step=step,
            parent=None if at < 0 else at,
            probability=math.exp(logs[row, index]),
            log_probability=float(totals[row, column]),
            in_beam=row * likeliest.shape[1] + column in first,
            ends=int(index) == end,
        )
        for row, at in enumerate(live)
        for column, index in enumerate(likeliest[row])
    ]


def _going_on(nodes: Sequence[Node], live: Sequence[int], new: int, ended: float) -> tuple[list[int], list[int]]:
    """Which of the new nodes are gone on from, likeliest first, and the rows of their parents in the last batch."""
    places = range(len(nodes) - new, len(nodes))
    going = [at for at in places if nodes[at].in_beam and not nodes[at].ends and nodes[at].log_probability > ended]
    going.sort(key=lambda at: -nodes[at].log_probability)
    row_of = {None if at < 0 else at: row for row, at in enumerate(live)}
    return going, [row_of[nodes[at].parent] for at in going]


def _best(nodes: Sequence[Node]) -> int:
    """The likeliest whole output; of the last step the likeliest beginning where there is none."""
    ended = [at for at, node in enumerate(nodes) if node.ends and node.in_beam]
    last = [at for at, node in enumerate(nodes) if node.step == nodes[-1].step and node.in_beam]
    return max(ended or last, key=lambda at: nodes[at].log_probability)
