"""Measurements of what the article says of LSTM, GRU, attention and the vector between encoder and decoder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rnn_core.models import timing
from rnn_core.models.initial_values import InitialValues
from rnn_core.models.language_model import RECURRENT
from rnn_core.statistics.intervals import wilson
from rnn_core.training.tasks import SMALLTALK, TRANSLATORS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from torch import nn

    from rnn_core.quantities import Recurrent

WIDTH, WORDS = 64, 64
NAMES = (1, 4)  # joined: how many at the least, and how many at the most in what was learned from
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
    made = SMALLTALK.manifest()
    of = made["sentences"]["test"]
    found: dict[str, float] = {"of": float(of)}
    for cell in CELLS:
        share = made["models"][f"smalltalk-{cell}-{WIDTH}-seed0"]["reply_accuracy"]
        low, high = wilson([round(share * of)], [of])
        found |= {cell: share, f"{cell}_low": float(low[0]), f"{cell}_high": float(high[0])}
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
    made = TRANSLATORS["names"].manifest()["models"]
    found: dict[str, float] = {}
    for attention in ("none", "additive"):
        right = made[f"names-{attention}-48-seed0"]["right"]["names"]
        for names in NAMES:
            good, of = right[str(names)]
            found |= {f"{attention}_{names}": good / of, f"of_{names}": float(of)}
    return found


def focus() -> Mapping[str, float]:
    """Of the additive attention: outputs whose attention never goes back, and names five joined, more than learned."""
    line = TRANSLATORS["names"].manifest()["models"]["names-additive-48-seed0"]
    looks = line["looks"]
    if looks is None:
        raise ValueError("a network with attention has looked nowhere")
    monotonic, of = looks["monotonic"]
    good, names = line["right"]["names"]["5"]
    return {
        "monotonic": monotonic / of,
        "of_outputs": float(of),
        "five": good / names,
        "of_names": float(names),
    }
