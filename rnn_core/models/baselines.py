"""Networks without recurrence that learn the same task: a bag of words, a fixed window, a convolution."""

from __future__ import annotations

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn
from torch.nn.functional import one_hot, pad

from rnn_core.errors import KiokuError
from rnn_core.models.language_model import EMBEDDING, NextOutput
from rnn_core.specs import BaselineSpec
from rnn_core.text.tokenizer import Tokenizer


class FeedForwardBaseline(NextOutput):
    """Embedding → one layer over the words read so far, tanh → one score an output.

    It learns the same from the same words as `NextWord` and differs from it only in what lies between.
    """

    hidden: nn.Module


class BagOfWords(FeedForwardBaseline):
    """An MLP over the sum of the embeddings of all words: how often each occurs, and nothing of their order.

    Words are counted first, and counts are whole numbers, so their sum is exact; then one sum runs over the vocabulary.
    So the same words in any order give the same output to the last bit.

    Example:
        >>> model = BagOfWords(BaselineSpec(kind="bag", hidden=8), words=10, outputs=12)
        >>> one, other = model(torch.tensor([[1, 2, 3], [3, 1, 2]]))[:, -1]
        >>> torch.equal(one, other)
        True
    """

    def __init__(self, spec: BaselineSpec, words: int, outputs: int) -> None:
        super().__init__()
        self.embedding = nn.Embedding(words, EMBEDDING)
        self.hidden = nn.Linear(EMBEDDING, spec.hidden)
        self.readout = nn.Linear(spec.hidden, outputs)

    def states(self, words: Int[Tensor, "B T"]) -> Float[Tensor, "B T H"]:
        """The hidden layer over the words up to each place."""
        counts = one_hot(words, self.embedding.num_embeddings).cumsum(dim=1)  # (B, T, words)
        total = counts.to(self.embedding.weight.dtype) @ self.embedding.weight  # (B, T, E)
        return torch.tanh(self.hidden(total))


class Window(FeedForwardBaseline):
    """An MLP over a fixed number of places: the first word has its weights, the second has others, and so on.

    Places that no word has reached yet hold zeros.
    """

    def __init__(self, spec: BaselineSpec, words: int, outputs: int) -> None:
        super().__init__()
        self.places = spec.words or 0
        self.embedding = nn.Embedding(words, EMBEDDING)
        self.hidden = nn.Linear(self.places * EMBEDDING, spec.hidden)
        self.readout = nn.Linear(spec.hidden, outputs)

    def states(self, words: Int[Tensor, "B T"]) -> Float[Tensor, "B T H"]:
        """The hidden layer over the window, as far as it is filled after each word.

        Raises:
            KiokuError: more words than places.
        """
        length = words.shape[1]
        if length > self.places:
            raise KiokuError("window_full", words=length, places=self.places)
        filled = pad(self.embedding(words), (0, 0, 0, self.places - length))  # (B, places, E)
        reached = torch.tril(torch.ones(length, self.places, dtype=filled.dtype))  # (T, places)
        windows = filled[:, None] * reached[:, :, None]  # (B, T, places, E)
        return torch.tanh(self.hidden(windows.flatten(2)))


class Convolution(FeedForwardBaseline):
    """A convolution over time: at each word the same weights see it and the words just before it, and no further.

    Before the first word lie zeros.
    """

    def __init__(self, spec: BaselineSpec, words: int, outputs: int) -> None:
        super().__init__()
        self.kernel = spec.words or 0
        self.embedding = nn.Embedding(words, EMBEDDING)
        self.hidden = nn.Conv1d(EMBEDDING, spec.hidden, self.kernel)
        self.readout = nn.Linear(spec.hidden, outputs)

    def states(self, words: Int[Tensor, "B T"]) -> Float[Tensor, "B T H"]:
        """The hidden layer at each word.

        Each stretch of words goes through the convolution on its own: a fast algorithm for many at once may mix in
        what cancels out only up to rounding, and a word beyond the kernel must change nothing, not even the last bit.
        """
        before = pad(self.embedding(words), (0, 0, self.kernel - 1, 0))  # (B, kernel − 1 + T, E)
        stretches = before.unfold(1, self.kernel, 1).flatten(0, 1)  # (B · T, E, kernel)
        return torch.tanh(self.hidden(stretches)).view(*words.shape, -1)


def build_baseline(spec: BaselineSpec, tokenizer: Tokenizer) -> FeedForwardBaseline:
    """The network of a spec, with torch's first values."""
    return KINDS[spec.kind](spec, len(tokenizer.vocabulary), len(tokenizer.outputs))


KINDS: dict[str, type[BagOfWords] | type[Window] | type[Convolution]] = {
    "bag": BagOfWords,
    "window": Window,
    "convolution": Convolution,
}
