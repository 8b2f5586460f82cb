"""What a Transformer did with a sentence: each layer's states, and who looked at whom in each of its heads.

The states are those of torch's fused attention, bit for bit. The fused kernel keeps no weights, so they are computed
once more beside it, and what they give is compared with what it gave (`parity`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from jaxtyping import Float, Int
from torch import Tensor
from torch.nn.functional import scaled_dot_product_attention

from rnn_core.models.transformer import Block, Transformer
from rnn_core.recurrent.trace import LayerTrace, NamedArrays, Trace


@dataclass(frozen=True, eq=False)
class TransformerTrace:
    """T words through L layers.

    Attributes:
        embedding: what the first layer received: each word, with its place added if the model adds places, (T, E).
        layers: the states after each layer. `output` are those of the last; `parity` is the largest
            |recomputed − torch's| / max(1, |torch's|) of what the attention of any layer gave.
        attention: one entry a layer: under "attention" how much each word looked at each, (T, heads, T), the looking
            word first; under "context" what it was told, (T, heads, E / heads), as torch's kernel gave it.
    """

    embedding: Float[np.ndarray, "T E"]
    layers: Trace
    attention: tuple[NamedArrays, ...]


def record_transformer(model: Transformer, words: Int[Tensor, " T"]) -> TransformerTrace:
    """Read one sentence and keep what happened.

    Example:
        >>> from rnn_core.specs import TransformerSpec
        >>> model = Transformer(TransformerSpec(hidden=8, heads=2), words=10, outputs=12)
        >>> found = record_transformer(model, torch.tensor([1, 2, 3]))
        >>> found.attention[0]["attention"].shape, found.layers["hidden_state"].shape, found.layers.parity < 1e-6
        ((3, 2, 3), (3, 8), True)
    """
    with torch.inference_mode():
        x = model.placed(words[None])  # (1, T, E)
        embedding, layers, attention, parity = x[0].numpy(), [], [], 0.0
        for block in model.blocks:
            assert isinstance(block, Block)
            seen, gap = _attended(block, x)
            x = block(x)
            attention.append(seen)
            parity = max(parity, gap)
            layers.append((LayerTrace("transformer", {"hidden_state": x[0].numpy()}),))
        return TransformerTrace(embedding, Trace("transformer", tuple(layers), x[0].numpy(), parity), tuple(attention))


def _attended(block: Block, x: Float[Tensor, "1 T E"]) -> tuple[NamedArrays, float]:
    """The weights of a layer, and how far what they give is from what torch's kernel gives."""
    q, k, v = block.project_qkv(x)  # each (1, heads, T, F)
    told = scaled_dot_product_attention(q, k, v, is_causal=True)  # (1, heads, T, F)
    weights = block.weights(x)  # (1, heads, T, T)
    gap = (weights @ v - told).abs() / told.abs().clamp(min=1)
    seen = {"attention": weights[0].transpose(0, 1).numpy(), "context": told[0].transpose(0, 1).numpy()}
    return NamedArrays(seen), float(gap.max())
