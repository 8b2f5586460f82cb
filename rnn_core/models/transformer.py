"""A small Transformer: no recurrence, each word looks at the words before it, and all words do so at once.

Its weights have plain names (`blocks.0.query.weight`, …), so that they can be used with torch alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn
from torch.nn.functional import relu, scaled_dot_product_attention

from rnn_core.models.language_model import NextOutput
from rnn_core.specs import TransformerSpec
from rnn_core.text.tokenizer import Tokenizer

WIDER = 3.5  # how much wider the middle of a block is; with it 2 layers of 32 learn as many numbers as an LSTM of 64
WAVE = 10_000.0  # the longest wave of the places is so many times 2π words


@dataclass
class Cache:
    """What a block keeps of the words that it has read, so that the next word is the only one to be computed.

    Attributes:
        keys: (B, heads, t, E / heads).
        values: likewise.
    """

    keys: Float[Tensor, "B heads t F"]
    values: Float[Tensor, "B heads t F"]


class Block(nn.Module):
    """One layer: each word asks all words it may see, adds what they say, and works on it for itself.

    Equal to `nn.TransformerEncoderLayer` (ReLU, norms after the sums, no dropout) with the same weights.
    Source: A. Vaswani et al., NeurIPS 2017, section 3.
    """

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.query = nn.Linear(width, width)
        self.key = nn.Linear(width, width)
        self.value = nn.Linear(width, width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width)
        self.linear1 = nn.Linear(width, round(WIDER * width))
        self.linear2 = nn.Linear(round(WIDER * width), width)
        self.norm2 = nn.LayerNorm(width)

    def forward(self, x: Float[Tensor, "B T E"], causal: bool = True) -> Float[Tensor, "B T E"]:
        """The words' states after this layer; with `causal` no word sees a later one."""
        q, k, v = self.project_qkv(x)  # each (B, heads, T, F)
        return self.feed_forward(x, scaled_dot_product_attention(q, k, v, is_causal=causal))

    def project_qkv(self, x: Float[Tensor, "B T E"]) -> tuple[Tensor, Tensor, Tensor]:
        """Queries, keys and values of each word, apart by heads."""
        # q = W_q x + b_q and so on, then (B, T, E) → (B, heads, T, F) with F = E / heads
        q, k, v = (part(x).unflatten(-1, (self.heads, -1)).transpose(1, 2) for part in self._parts)
        return q, k, v

    @property
    def _parts(self) -> tuple[nn.Linear, nn.Linear, nn.Linear]:
        return self.query, self.key, self.value

    def feed_forward(self, x: Float[Tensor, "B T E"], context: Float[Tensor, "B heads T F"]) -> Float[Tensor, "B T E"]:
        """A word's state from what it was and its context; from here on each word is alone."""
        attended = self.out(context.transpose(1, 2).flatten(2))  # (B, T, E)
        # y = LayerNorm(x + W_o context + b_o)
        y = self.norm1(x + attended)  # (B, T, E)
        # h = LayerNorm(y + W_2 relu(W_1 y + b_1) + b_2)
        h: Tensor = self.norm2(y + self.linear2(relu(self.linear1(y))))  # (B, T, E)
        return h

    def weights(self, x: Float[Tensor, "B T E"], causal: bool = True) -> Float[Tensor, "B heads T T"]:
        """How much each word (third axis) looks at each (fourth): the fused kernel computes this, but keeps it not."""
        q, k, _ = self.project_qkv(x)
        # A = softmax(q kᵀ / √F), where a word that comes later gets exactly 0
        scores = q @ k.mT / q.shape[-1] ** 0.5  # (B, heads, T, T)
        if causal:
            later = torch.ones(scores.shape[-2:], dtype=torch.bool).triu(1)
            scores = scores.masked_fill(later, -torch.inf)
        shares: Tensor = scores.softmax(dim=-1)
        return shares

    def step(self, x: Float[Tensor, "B 1 E"], before: Cache | None = None) -> tuple[Float[Tensor, "B 1 E"], Cache]:
        """The state of one more word, with the keys and values of those before it kept."""
        q, k, v = self.project_qkv(x)  # each (B, heads, 1, F)
        if before is not None:
            k, v = torch.cat([before.keys, k], dim=2), torch.cat([before.values, v], dim=2)  # (B, heads, t, F)
        return self.feed_forward(x, scaled_dot_product_attention(q, k, v)), Cache(k, v)


class Transformer(NextOutput):
    """Embedding, with the places added → blocks → one score an output.

    Example:
        >>> model = Transformer(TransformerSpec(hidden=8, heads=2), words=10, outputs=12)
        >>> model(torch.tensor([[1, 2, 3]])).shape
        torch.Size([1, 3, 12])
    """

    def __init__(self, spec: TransformerSpec, words: int, outputs: int) -> None:
        super().__init__()
        self.positions = spec.positions
        self.embedding = nn.Embedding(words, spec.hidden)
        self.blocks = nn.Sequential(*(Block(spec.hidden, spec.heads) for _ in range(spec.layers)))
        self.readout = nn.Linear(spec.hidden, outputs)

    def states(self, words: Int[Tensor, "B T"]) -> Float[Tensor, "B T E"]:
        """The state of each word after the last block."""
        states: Tensor = self.blocks(self.placed(words))  # (B, T, E)
        return states

    def placed(self, words: Int[Tensor, "B T"], first: int = 0) -> Float[Tensor, "B T E"]:
        """The words with their places added, the first of them at place `first`."""
        x: Tensor = self.embedding(words)  # (B, T, E)
        if not self.positions:
            return x
        placed: Tensor = x + places(first + words.shape[1], x.shape[-1])[first:].to(x.dtype)
        return placed


def build_transformer(spec: TransformerSpec, tokenizer: Tokenizer) -> Transformer:
    """The network of a spec, with torch's first values."""
    return Transformer(spec, len(tokenizer.vocabulary), len(tokenizer.outputs))


def places(count: int, width: int) -> Float[Tensor, "T E"]:
    """The code of each place, 0 to `count` − 1: waves of many lengths, each as sine and as cosine.

    Nothing of it is learned, so there is one for any length.
    Source: A. Vaswani et al., NeurIPS 2017, section 3.5.

    Example:
        >>> places(2, 4)[0]
        tensor([0., 1., 0., 1.])
    """
    # P[t, 2i] = sin(t / 10000^{2i/E}), P[t, 2i+1] = cos(t / 10000^{2i/E})
    angles = torch.outer(torch.arange(count), WAVE ** (-torch.arange(0, width, 2) / width))  # (T, E / 2)
    return torch.stack([angles.sin(), angles.cos()], dim=-1).flatten(1)  # (T, E)
