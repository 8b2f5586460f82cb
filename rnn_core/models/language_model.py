"""The next-word model: a word comes in, and what may follow it goes out, a word or the reply."""

from __future__ import annotations

from collections.abc import Callable

from jaxtyping import Float, Int
from torch import Tensor, nn

from rnn_core.specs import ModelSpec

EMBEDDING = 24  # numbers a word; 16 costs the small models accuracy, 32 gains nothing
RECURRENT: dict[str, Callable[..., nn.RNNBase]] = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}


class NextOutput(nn.Module):
    """Words in, one score an output after each word: what all models share, whatever lies between.

    A model makes `embedding`, what reads it, and `readout`, in this order, since each draws its first weights.
    """

    embedding: nn.Embedding
    readout: nn.Linear

    def forward(self, words: Int[Tensor, "B T"]) -> Float[Tensor, "B T V"]:
        """The score of each output after each word, before softmax."""
        scores: Tensor = self.readout(self.states(words))  # (B, T, V)
        return scores

    def states(self, words: Int[Tensor, "B T"]) -> Float[Tensor, "B T H"]:
        """What is known after each word; where only some scores are wanted, the rest need no readout."""
        raise NotImplementedError

    def reading(self) -> nn.Module:
        """What lies between embedding and readout: the part that tells one model from another."""
        raise NotImplementedError


class NextWord(NextOutput):
    """Embedding → recurrent layers → one score an output.

    Its parameters have torch's own names (`embedding.weight`, `recurrent.weight_ih_l0`, …, `readout.bias`), so the
    weights can be used with torch alone. Word 0 is the unknown word.

    Args:
        spec: cell, hidden size, layers and directions.
        words: how many words come in, the unknown one included.
        outputs: how many words and replies may come out.

    Example:
        >>> import torch
        >>> model = NextWord(ModelSpec(cell="gru", hidden=8), words=10, outputs=12)
        >>> model(torch.tensor([[1, 2, 3]])).shape
        torch.Size([1, 3, 12])
    """

    def __init__(self, spec: ModelSpec, words: int, outputs: int) -> None:
        super().__init__()
        self.embedding = nn.Embedding(words, EMBEDDING)
        self.recurrent = RECURRENT[spec.cell](
            EMBEDDING, spec.hidden, spec.layers, batch_first=True, bidirectional=spec.bidirectional
        )
        self.readout = nn.Linear(spec.hidden * (1 + spec.bidirectional), outputs)

    def states(self, words: Int[Tensor, "B T"]) -> Float[Tensor, "B T H"]:
        """The hidden state after each word."""
        states: Tensor = self.recurrent(self.embedding(words))[0]  # (B, T, H)
        return states

    def reading(self) -> nn.RNNBase:
        """The recurrent layers."""
        return self.recurrent
