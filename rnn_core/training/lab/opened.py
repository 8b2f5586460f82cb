"""The network of a run as every chapter knows networks: words in, states and what follows out."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import torch
from torch import nn

from rnn_core.models.language_model import NextState, NextWord
from rnn_core.models.minimal_model import NextMinimal
from rnn_core.recurrent.minimal import MinimalCell
from rnn_core.text.tokenizer import Tokenizer
from rnn_core.text.vocabulary import Vocabulary
from rnn_core.training.lab.limits import OUTLINES
from rnn_core.training.lab.loop import begin_run
from rnn_core.training.lab.tasks import TASKS, find_example

if TYPE_CHECKING:
    from rnn_core.training.lab.limits import TaskName
    from rnn_core.training.lab.spec import TrainSpec


def open_network(spec: TrainSpec, kept: bytes) -> NextState:
    """The network of a snapshot.

    Where a number is answered, or both directions answer together, nothing can be read out word by word, so that there
    are only the states.

    Args:
        spec: of the run.
        kept: `Snapshot.kept`.

    Raises:
        KiokuError: it is no state of such a run.
    """
    state = begin_run(spec)
    state.restore(kept)
    network, vectors = state.model, TASKS[spec.task].vectors
    assert isinstance(network.readout, nn.Linear)
    if vectors is None:
        assert isinstance(network.embedding, nn.Embedding)
        embedding = network.embedding
    else:
        rows = torch.cat([torch.zeros(1, vectors.shape[1]), vectors])  # the unknown one is nothing
        embedding = nn.Embedding(len(rows), rows.shape[1], _weight=rows)
    says = bool(TASKS[spec.task].outputs) and not spec.bidirectional
    readout = network.readout if says else None
    if isinstance(network.recurrent, MinimalCell):
        return NextMinimal(embedding, network.recurrent, readout)
    assert isinstance(network.recurrent, nn.RNNBase)
    return NextWord(embedding, network.recurrent, readout)


def task_tokenizer(spec: TrainSpec) -> Tokenizer:
    """How the network of a run reads, and what it can say.

    Example:
        >>> from rnn_core.training.lab.spec import TrainSpec
        >>> task_tokenizer(TrainSpec(task="parity", length=5)).encode(("1", "0", "7"))
        (2, 1, 0)
    """
    return _tokenizer(spec.task, spec.bidirectional)


@lru_cache(maxsize=16)
def _tokenizer(name: TaskName, bidirectional: bool) -> Tokenizer:
    task = TASKS[name]
    if task.tokenizer is not None:
        return task.tokenizer()
    outputs = () if bidirectional else task.outputs
    return Tokenizer(Vocabulary(task.tokens), outputs, (True,) * len(outputs), by=OUTLINES[name].by)


def example_text(spec: TrainSpec) -> str:
    """The example that a run shows, as a reader would write it."""
    between = " " if OUTLINES[spec.task].by == "gap" else ""
    return between.join(find_example(spec.task, spec.length).tokens)
