"""The next-word model with minGRU or minLSTM: the same around it, and all its steps one scan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn

from rnn_core.gradients.influence import influence
from rnn_core.models.language_model import EMBEDDING, NextState
from rnn_core.recurrent.minimal import MODULES, MinimalCell
from rnn_core.specs import MinimalSpec
from rnn_core.text.tokenizer import Tokenizer

if TYPE_CHECKING:
    from rnn_core.gradients.gradient_trace import Float64


class NextMinimal(NextState):
    """Embedding → one minGRU or minLSTM → one score an output.

    Args:
        embedding: a row a word, the unknown one included.
        recurrent: the layer, with the batch first.
        readout: a row an output, words and replies; None for a model of which there are only the states.
    """

    def __init__(self, embedding: nn.Embedding, recurrent: MinimalCell, readout: nn.Linear | None = None) -> None:
        super().__init__()
        self.embedding = embedding
        self.recurrent: MinimalCell = recurrent
        self.readout = readout


def build_minimal(spec: MinimalSpec, tokenizer: Tokenizer) -> NextMinimal:
    """The network of a spec, with torch's first values, drawn in this order."""
    return NextMinimal(
        nn.Embedding(len(tokenizer.vocabulary), EMBEDDING),
        MODULES[spec.cell](EMBEDDING, spec.hidden, batch_first=True),
        nn.Linear(spec.hidden, len(tokenizer.outputs)),
    )


def input_influence(model: NextMinimal, words: Int[Tensor, " T"]) -> Float64:
    """‖∂h_t/∂x_s‖ of the network on this sentence, (T, T) in float64."""
    return influence(model.recurrent, model.embedding(words).detach())


def _kept(a: Float[Tensor, "T H"]) -> Float[Tensor, "T T H"]:
    """What is left at t of what each unit had at s: a_t … a_{s+1}, 0 for s > t."""
    found = torch.zeros(len(a), *a.shape, dtype=a.dtype)
    for t, a_t in enumerate(a):
        found[t] = found[t - 1] * a_t
        found[t, t] = 1
    return found


def reply_norms(model: NextMinimal, words: Int[Tensor, " T"]) -> Mapping[str, Float64]:
    """‖∂ log p / ∂h_t‖ at every word, (T,) in float64, where p is the probability of the network's own reply."""
    x = model.embedding(words).detach()
    last = model.recurrent(x)[0][-1].detach().requires_grad_()
    (gradient,) = torch.autograd.grad(torch.log_softmax(model.scores(last), dim=-1).max(), last)
    with torch.no_grad():
        kept = _kept(model.recurrent.coefficients(x)[0].double())[-1]  # (T, H)
    return {"hidden_state": (kept * gradient.double()).norm(dim=1).numpy()}
