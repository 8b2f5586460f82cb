"""What a Transformer did with a sentence: each layer's states, and who looked at whom in each of its heads.

The states are those of torch's fused attention, bit for bit. The fused kernel keeps no weights, so they are computed
once more beside it, and what they give is compared with what it gave (`parity`).
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from jaxtyping import Float, Int
from torch import Tensor
from torch.nn.functional import scaled_dot_product_attention

from rnn_core.errors import KiokuError
from rnn_core.models.recorded import Recorded
from rnn_core.models.transformer import Block, Transformer
from rnn_core.recurrent.clamps import Clamp
from rnn_core.recurrent.trace import LayerTrace, NamedArrays, Trace


def record_transformer(
    model: Transformer, words: Int[Tensor, " T"], clamps: Sequence[Clamp] = (), *, causal: bool = True
) -> Recorded:
    """Read one sentence and keep what happened.

    `embedding` is each word with its place added if the model adds places, (T, E). `layers.output` are the states of
    the last layer; `layers.parity` is the largest |recomputed − torch's| / max(1, |torch's|) of what the attention of
    any layer gave. `attention` has one entry a layer: under "attention" how much each word looked at each, (T, heads,
    T), the looking word first; under "context" what it was told, (T, heads, E / heads), as torch's kernel gave it.
    Without `causal` every word looks at all of them, as none did while the model learned.

    Raises:
        KiokuError: anything is to be clamped: no cell has it.

    Example:
        >>> from rnn_core.specs import TransformerSpec
        >>> model = Transformer(TransformerSpec(hidden=8, heads=2), words=10, outputs=12)
        >>> found = record_transformer(model, torch.tensor([1, 2, 3]))
        >>> found.attention[0]["attention"].shape, found.layers["hidden_state"].shape, found.layers.parity < 1e-6
        ((3, 2, 3), (3, 8), True)
    """
    if clamps:
        raise KiokuError("clamp_no_cell", quantity=clamps[0].quantity)
    with torch.inference_mode():
        x = model.placed(words[None])  # (1, T, E)
        embedding, layers, attention, parity = x[0].numpy(), [], [], 0.0
        for block in model.blocks:
            assert isinstance(block, Block)
            seen, gap = _attended(block, x, causal)
            x = block(x, causal)
            attention.append(seen)
            parity = max(parity, gap)
            layers.append((LayerTrace("transformer", {"hidden_state": x[0].numpy()}),))
        trace = Trace("transformer", tuple(layers), x[0].numpy(), parity)
        distribution = torch.softmax(model.scores(torch.tensor(trace.output)), dim=-1)  # (T, V)
        return Recorded(embedding, trace, distribution.numpy(), tuple(attention))


def _attended(block: Block, x: Float[Tensor, "1 T E"], causal: bool) -> tuple[NamedArrays, float]:
    """The weights of a layer, and how far what they give is from what torch's kernel gives."""
    q, k, v = block.project_qkv(x)  # each (1, heads, T, F)
    told = scaled_dot_product_attention(q, k, v, is_causal=causal)  # (1, heads, T, F)
    weights = block.weights(x, causal)  # (1, heads, T, T)
    gap = (weights @ v - told).abs() / told.abs().clamp(min=1)
    seen = {"attention": weights[0].transpose(0, 1).numpy(), "context": told[0].transpose(0, 1).numpy()}
    return NamedArrays(seen), float(gap.max())
