"""Measurements of what the article says a recurrent network is: memory, any length, order, one set of weights."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

import numpy as np

from rnn_core import forgetting
from rnn_core.contrasts import forgotten
from rnn_core.models import registry, sizes
from rnn_core.order import READERS, RECURRENT, SENTENCE, SWAP, swapped, total_variation
from rnn_core.quantities import CELLS
from rnn_core.recurrent.recording import record
from rnn_core.specs import ModelSpec
from rnn_core.text.tokenizer import segment

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray
    from torch import nn

    from rnn_core.quantities import Recurrent
    from rnn_core.specs import NetworkSpec

SIX = ("今日", "は", "天気", "が", "良い", "ね")
FEW, MANY = 6, 60  # words
BAG, WINDOW, _ = READERS


def _moved(spec: NetworkSpec, words: Sequence[str], other: Sequence[str]) -> float:
    return total_variation(*(registry.distributions(spec, one)[-1] for one in (words, other)))


def memory() -> Mapping[str, float]:
    """How far what each network expects at the end moves when the sentence begins otherwise: total variation.

    The end is the same; an MLP that reads one word at a time sees nothing else.
    """
    found = forgotten()
    moved: dict[str, float] = {
        cell: _moved(ModelSpec(cell=cell, hidden=found.hidden), found.words, found.twin) for cell in CELLS
    }
    return {**moved, "alone": _moved(BAG, found.words[-1:], found.twin[-1:])}


def lengths() -> Mapping[str, float]:
    """How many numbers an RNN and an MLP learn so as to read few words and many."""
    found: dict[str, float] = {}
    for name, spec in (("rnn", RECURRENT[0]), ("mlp", WINDOW)):
        found |= zip((f"{name}_few", f"{name}_many"), map(float, sizes.by_length(spec, (FEW, MANY))), strict=True)
    return found


def order() -> Mapping[str, float]:
    """How far what each network expects moves when two words change places: total variation."""
    words = segment(SENTENCE).tokens
    specs: dict[str, NetworkSpec] = {"bag": BAG, **{spec.cell: spec for spec in RECURRENT}}
    other = swapped(words, *SWAP)
    return {name: _moved(spec, words, other) for name, spec in specs.items()}


def same_weights() -> Mapping[str, float]:
    """By how much the first three states change when three more words follow, in float64, and how large they are."""
    recurrent, inputs = _rnn()
    short, long = (record(recurrent, part)["hidden_state"] for part in (inputs[:3], inputs))
    return {"gap": float(np.abs(short - long[:3]).max()), "largest": float(np.abs(short).max())}


def equation() -> Mapping[str, float]:
    """The largest distance of PyTorch's states from the equation computed step by step, in float64.

    h_t = tanh(W_hh h_{t−1} + W_xh x_t + b)
    """
    recurrent, inputs = _rnn()
    w_xh, w_hh, b_xh, b_hh = (one.detach().numpy() for one in recurrent.all_weights[0])
    h, gaps = np.zeros(len(w_hh)), []
    for x, recorded in zip(inputs, record(recurrent, inputs)["hidden_state"], strict=True):
        h = np.tanh(w_hh @ h + w_xh @ x + b_xh + b_hh)
        gaps.append(np.abs(h - recorded).max())
    return {"gap": float(max(gaps))}


def _rnn() -> tuple[nn.RNNBase, NDArray[np.float64]]:
    """The trained RNN in float64, and the six words as it receives them, (6, E)."""
    spec = ModelSpec(cell="rnn", hidden=16)
    recurrent = deepcopy(registry.family_of(spec).memoized(spec).recurrent).double()
    return recurrent, registry.run(spec, SIX).embedding.astype(np.float64)


def gates() -> Mapping[str, float]:
    """How far the reply moves when what carries a cell's state on is held at 0 at one word: total variation."""
    moved: dict[str, float] = {}
    cells: tuple[Recurrent, ...] = ("lstm", "gru")
    for cell in cells:
        spec, clamp = forgetting.network(cell), forgetting.shut(cell)
        own, other = (registry.run(spec, forgetting.WORDS, clamps) for clamps in ((), (clamp,)))
        assert own.distribution is not None  # of a network with a readout
        assert other.distribution is not None
        moved[cell] = total_variation(own.distribution[-1], other.distribution[-1])
    return moved
