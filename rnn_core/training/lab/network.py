"""The network that a run trains: recurrent layers and a readout, and an embedding where the task has words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn

from rnn_core import runtime
from rnn_core.models.initial_values import InitialValues
from rnn_core.models.language_model import EMBEDDING, RECURRENT
from rnn_core.models.overrides import set_forget_bias, set_recurrent_blocks
from rnn_core.recurrent.minimal import MODULES, MinimalCell
from rnn_core.training.lab.tasks import TASKS

if TYPE_CHECKING:
    from rnn_core.training.lab.spec import TrainSpec


class LabNetwork(nn.Module):
    """Inputs → recurrent layers → an answer at each of the last positions.

    Its parameters have torch's own names, and those of a next-word model where it reads words.

    Args:
        recurrent: the layers, with the batch first. Of two directions there is one answer, when both have read all.
        readout: from a state to an answer.
        asked: A, at how many of the last positions an answer is asked.
        embedding: a row a word; None where the inputs are numbers.
    """

    embedding: nn.Embedding | None

    def __init__(
        self, recurrent: nn.RNNBase | MinimalCell, readout: nn.Linear, asked: int, embedding: nn.Embedding | None = None
    ) -> None:
        super().__init__()
        self.embedding = embedding
        self.recurrent = recurrent
        self.readout = readout
        self.asked = asked

    def forward(self, given: Float[Tensor, "B T D"] | Int[Tensor, "B T"]) -> Float[Tensor, "B A O"]:
        """The answers: a number, or a score for each symbol."""
        return self.read(self.recurrent(self.receive(given))[0])

    def receive(self, given: Float[Tensor, "*B T D"] | Int[Tensor, "*B T"]) -> Float[Tensor, "*B T E"]:
        """What the first layer gets."""
        return given if self.embedding is None else self.embedding(given)

    def read(self, states: Float[Tensor, "B T H"]) -> Float[Tensor, "B A O"]:
        """The answers from what the last layer gave, its directions side by side."""
        last = states[:, states.shape[1] - self.asked :]  # (B, A, H)
        if self.recurrent.bidirectional:
            units = self.recurrent.hidden_size
            last = torch.cat([last[..., :units], states[:, :1, units:]], dim=-1)  # backwards the first is read last
        answers: Tensor = self.readout(last)
        return answers


def build_network(spec: TrainSpec) -> LabNetwork:
    """The network of a spec before its first update: torch's own values from its seed, then what the spec overrides."""
    task = TASKS[spec.task]
    options = {"nonlinearity": spec.activation} if spec.cell == "rnn" else {}
    sizes = (spec.hidden, spec.layers)
    with InitialValues(spec.seed):
        embedding = nn.Embedding(len(task.tokens), EMBEDDING) if task.vectors is None else None
        width = EMBEDDING if task.vectors is None else task.vectors.shape[1]
        recurrent: nn.RNNBase | MinimalCell
        if spec.cell == "mingru" or spec.cell == "minlstm":
            recurrent = MODULES[spec.cell](width, spec.hidden, batch_first=True)
        else:
            sides = {"bidirectional": spec.bidirectional, **options}
            recurrent = RECURRENT[spec.cell](width, *sizes, batch_first=True, **sides)
        readout = nn.Linear(spec.hidden * (1 + spec.bidirectional), len(task.outputs) or 1)
    if isinstance(recurrent, nn.RNNBase):
        _override(recurrent, spec)
    return LabNetwork(recurrent, readout, task.asked(spec.length), embedding)


def _override(recurrent: nn.RNNBase, spec: TrainSpec) -> None:
    if spec.initialisation != "default":
        set_recurrent_blocks(recurrent, spec.initialisation, runtime.generator(spec.seed))
    with torch.no_grad():
        for name, weight in recurrent.named_parameters():
            if name.startswith("weight_hh"):
                weight.mul_(spec.weight_scale)
    if spec.forget_bias is not None and isinstance(recurrent, nn.LSTM):
        set_forget_bias(recurrent, spec.forget_bias)
