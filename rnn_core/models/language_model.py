"""The next-word model: a word comes in, and what may follow it goes out, a word or the reply."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn

from rnn_core.errors import KiokuError
from rnn_core.models.recorded import Recorded
from rnn_core.recurrent.clamps import Clamp
from rnn_core.recurrent.minimal import MinimalCell
from rnn_core.recurrent.recording import record
from rnn_core.specs import ModelSpec
from rnn_core.text.tokenizer import Tokenizer

EMBEDDING = 24  # numbers a word; 16 costs the small models accuracy, 32 gains nothing
RECURRENT: dict[str, Callable[..., nn.RNNBase]] = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}


class NextOutput(nn.Module):
    """Words in, one score an output after each word: what all models share, whatever lies between.

    A model makes `embedding`, what reads it, and `readout`, in this order, since each draws its first weights. A model
    that only has states has no readout.
    """

    embedding: nn.Embedding
    readout: nn.Linear | None

    def forward(self, words: Int[Tensor, "B T"]) -> Float[Tensor, "B T V"]:
        """The score of each output after each word, before softmax."""
        return self.scores(self.states(words))  # (B, T, V)

    def scores(self, states: Float[Tensor, "*B H"]) -> Float[Tensor, "*B V"]:
        """The score of each output, read from states.

        Raises:
            KiokuError: the model has no readout.
        """
        if self.readout is None:
            raise KiokuError("no_readout")
        scores: Tensor = self.readout(states)
        return scores

    def states(self, words: Int[Tensor, "B T"]) -> Float[Tensor, "B T H"]:
        """What is known after each word; where only some scores are wanted, the rest need no readout."""
        raise NotImplementedError


class NextState(NextOutput):
    """What has states from words: an embedding, what reads it, and a readout, None where there are only the states."""

    recurrent: nn.RNNBase | MinimalCell

    def states(self, words: Int[Tensor, "B T"]) -> Float[Tensor, "B T H"]:
        """The hidden state after each word."""
        states: Tensor = self.recurrent(self.embedding(words))[0]  # (B, T, H)
        return states


class NextWord(NextState):
    """Embedding → recurrent layers → one score an output.

    Its parameters have torch's own names (`embedding.weight`, `recurrent.weight_ih_l0`, …, `readout.bias`), so the
    weights can be used with torch alone. Word 0 is the unknown word.

    Args:
        embedding: a row a word, the unknown one included.
        recurrent: the layers, with the batch first.
        readout: a row an output, words and replies; None for a model of which there are only the states.

    Example:
        >>> import torch
        >>> model = NextWord(nn.Embedding(10, 4), nn.GRU(4, 8, batch_first=True), nn.Linear(8, 12))
        >>> model(torch.tensor([[1, 2, 3]])).shape
        torch.Size([1, 3, 12])
    """

    def __init__(self, embedding: nn.Embedding, recurrent: nn.RNNBase, readout: nn.Linear | None = None) -> None:
        super().__init__()
        self.embedding = embedding
        self.recurrent: nn.RNNBase = recurrent
        self.readout = readout


def build_next_word(spec: ModelSpec, tokenizer: Tokenizer) -> NextWord:
    """The network of a spec, with torch's first values, drawn in this order."""
    return NextWord(
        nn.Embedding(len(tokenizer.vocabulary), EMBEDDING),
        RECURRENT[spec.cell](EMBEDDING, spec.hidden, spec.layers, batch_first=True, bidirectional=spec.bidirectional),
        nn.Linear(spec.hidden * (1 + spec.bidirectional), len(tokenizer.outputs)),
    )


def record_next_word(model: NextState, words: Int[Tensor, " T"], clamps: Sequence[Clamp] = ()) -> Recorded:
    """Read one sentence and keep what happened; the distribution follows what is clamped.

    Raises:
        KiokuError: clamps that the layers do not have.
    """
    with torch.inference_mode():
        embedding = model.embedding(words)  # (T, E)
        layers = record(model.recurrent, embedding, clamps=clamps)
        distribution = None
        if model.readout is not None:
            distribution = torch.softmax(model.scores(torch.tensor(layers.output)), dim=-1).numpy()  # (T, V)
    return Recorded(embedding.numpy(), layers, distribution)
