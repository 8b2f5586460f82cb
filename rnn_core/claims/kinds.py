"""Measurements of what the article says of LSTM, GRU, attention and the vector between encoder and decoder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rnn_core.models import registry, timing
from rnn_core.models.initial_values import InitialValues
from rnn_core.models.language_model import RECURRENT
from rnn_core.specs import ModelSpec, TranslatorSpec
from rnn_core.statistics.intervals import wilson
from rnn_core.tasks.translations import TRANSLATIONS
from rnn_core.training import metrics, translators
from rnn_core.training.tasks import SMALLTALK
from rnn_core.training.translation_metrics import by_size, exact_matches, looks
from rnn_core.translation import registry as translation

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from torch import nn

    from rnn_core.quantities import Recurrent
    from rnn_core.specs import Attention
    from rnn_core.tasks.pairs import Pair
    from rnn_core.training.translation_metrics import Written

WIDTH, WORDS = 64, 64
TASK = TRANSLATIONS["names"]
NAMES, MORE = (1, 4), 5  # joined: how many at the least and at the most in what was learned from, and one more
ANY = range(1, 100)  # of them
ATTENTION: tuple[Attention, ...] = ("none", "additive")
CELLS: tuple[Recurrent, ...] = ("lstm", "gru")


def _module(cell: Recurrent) -> nn.RNNBase:
    with InitialValues(seed=0):
        return RECURRENT[cell](WIDTH, WIDTH, batch_first=True)


def size() -> Mapping[str, float]:
    """How many numbers a layer of LSTM and of GRU learns, both with 64 inputs and 64 units."""
    lstm, gru = (sum(one.numel() for one in _module(cell).parameters()) for cell in CELLS)
    return {"lstm": float(lstm), "gru": float(gru), "fewer": 1 - gru / lstm}


def gates() -> Mapping[str, float]:
    """How many blocks the weights of a layer of LSTM and of GRU have, and how many of them are gates: all but the one
    of the candidate."""
    blocks = {cell: _module(cell).get_parameter("weight_ih_l0").shape[0] / WIDTH for cell in CELLS}
    found = {f"{cell}_blocks": count for cell, count in blocks.items()}
    return found | {cell: count - 1 for cell, count in blocks.items()}


def accuracy() -> Mapping[str, float]:
    """Right replies of the LSTM and the GRU of 64 units to held-out sentences, with 95 % intervals."""
    found: dict[str, float] = {}
    for cell in CELLS:
        spec = ModelSpec(cell=cell, hidden=WIDTH)
        asked = SMALLTALK.held_out(spec)
        share = metrics.score(registry.family_of(spec).memoized(spec), asked)["reply_accuracy"]
        low, high = wilson([round(share * len(asked))], [len(asked)])
        found |= {"of": float(len(asked)), cell: share, f"{cell}_low": float(low[0]), f"{cell}_high": float(high[0])}
    return found


def speed() -> Mapping[str, float]:
    """Milliseconds on this machine for one sentence of 64 words, of networks with about as many learned numbers.

    To train (forward and backward), and to write the words one after the other.
    """
    points = {one.cell: one for one in timing.measure((WORDS,))}
    found = {f"{cell}_train": 1000 * one.training for cell, one in points.items()}
    found |= {f"{cell}_write": 1000 * one.generate for cell, one in points.items()}
    return {**found, "gru_to_lstm": found["gru_train"] / found["lstm_train"]}


def bottleneck() -> Mapping[str, float]:
    """Names written right without attention and with it: one name, and four joined; and of how many each."""
    found: dict[str, float] = {}
    for attention in ATTENTION:
        for names in NAMES:
            asked, said = _written(attention, (names,))
            found |= {f"{attention}_{names}": float(np.mean(exact_matches(asked, said))), f"of_{names}": len(asked)}
    return found


def focus() -> Mapping[str, float]:
    """Of the additive attention: outputs whose attention never goes back, and names five joined, more than learned."""
    asked, said = _written("additive")
    right = exact_matches(asked, said)
    seen = looks([one for one, fits in zip(said, right, strict=True) if fits])
    if seen is None:
        raise ValueError("a network with attention has looked nowhere")
    monotonic, of = seen["monotonic"]
    good, names = by_size(TASK, asked, right)["names"][str(MORE)]
    return {
        "monotonic": monotonic / of,
        "of_outputs": float(of),
        "five": good / names,
        "of_names": float(names),
    }


def _written(attention: Attention, joined: Container[int] = ANY) -> tuple[tuple[Pair, ...], tuple[Written, ...]]:
    """What the network of 48 units writes for the held-out names of which so many are joined."""
    asked = tuple(pair for pair in translators.measured(TASK.name) if TASK.sizes["names"](pair.source) in joined)
    model = translation.memoized(TranslatorSpec(task="names", attention=attention, hidden=48))
    return asked, translators.written(model, TASK.name, asked)
