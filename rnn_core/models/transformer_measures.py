"""What `measures` measures, on a Transformer: how far its reply looks back, and what moves what.

The same numbers as of the recurrent networks, so that all stand on one scale: x_s is a word's embedding with its place
added, which is what the first layer receives, and h_t the word's state after the last layer, which the readout reads.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor, nn

from rnn_core.models import zoo
from rnn_core.models.transformer import Block, Transformer
from rnn_core.tasks import smalltalk
from rnn_core.training import transformers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jaxtyping import Float

    from rnn_core.gradient_trace import Float64
    from rnn_core.specs import TransformerSpec


def input_influence(spec: TransformerSpec, tokens: Sequence[str], layer: int | None = None) -> Float64:
    """‖∂h_t/∂x_s‖, the Frobenius norm, (T, T) in float64; later words are behind the mask: exactly 0.

    Closed form, no autograd: for one s after the other the Jacobians go forward through the layers.

    Args:
        spec: which Transformer.
        tokens: the T words.
        layer: after which layer h_t is taken, 0-based; None for the last.

    Raises:
        KiokuError: what `zoo.load` raises.

    Example:
        >>> from rnn_core.specs import TransformerSpec
        >>> found = input_influence(TransformerSpec(hidden=16), ("今日", "は", "暑い"))
        >>> found.shape, float(found[0, 2])
        ((3, 3), 0.0)
    """
    model, x = _placed(spec, tokens)
    steps, width = x.shape
    blocks = [block for block in model.blocks if isinstance(block, Block)][: None if layer is None else layer + 1]
    found = []
    with torch.inference_mode():
        for s in range(steps):
            h, pushed = x, torch.zeros(steps, width, width, dtype=x.dtype)  # ∂h_t/∂x_s, (T, E, E)
            pushed[s] = torch.eye(width)
            for block in blocks:
                h, pushed = push(block, h, pushed)
            found.append(torch.linalg.vector_norm(pushed, dim=(1, 2)))  # (T,)
    return np.tril(torch.stack(found, dim=1).numpy())


def push(block: Block, x: Float[Tensor, "T E"], d: Float[Tensor, "T E N"]) -> tuple[Tensor, Tensor]:
    """A layer's states, (T, E), and N small changes of them, (T, E, N), from those of its input."""
    q, k, v = (part[0] for part in block.asked(x[None]))  # each (heads, T, F)
    a = block.weights(x[None])[0]  # (heads, T, T)
    parts = (part.weight @ d for part in (block.query, block.key, block.value))
    dq, dk, dv = (
        part.view(len(x), block.heads, -1, d.shape[-1]).transpose(0, 1) for part in parts
    )  # each (heads, T, F, N)
    # ds = (dq kᵀ + q dkᵀ) / √F, da = a ⊙ (ds − Σ_s a ds)
    ds = torch.einsum("htfn,hsf->htsn", dq, k) + torch.einsum("htf,hsfn->htsn", q, dk)  # (heads, T, T, N)
    ds = ds / q.shape[-1] ** 0.5
    da = a[..., None] * (ds - torch.einsum("hts,htsn->htn", a, ds)[:, :, None])
    # d(a v) = da v + a dv
    told = torch.einsum("htsn,hsf->htfn", da, v) + torch.einsum("hts,hsfn->htfn", a, dv)  # (heads, T, F, N)
    dy = d + block.out.weight @ told.transpose(0, 1).flatten(1, 2)
    y, dy = _normed(block.norm, x + block.out((a @ v).transpose(0, 1).flatten(1)), dy)
    wide = block.widen(y)  # (T, W)
    dz = dy + block.narrow.weight @ ((block.widen.weight @ dy) * (wide > 0)[..., None])
    return _normed(block.renorm, y + block.narrow(wide.relu()), dz)


def _normed(norm: nn.LayerNorm, z: Float[Tensor, "T E"], d: Float[Tensor, "T E N"]) -> tuple[Tensor, Tensor]:
    """LayerNorm, and what small changes make of it: γ (dz − mean dz − n mean(n dz)) / σ with n = (z − mean) / σ."""
    spread = (z.var(dim=1, correction=0, keepdim=True) + norm.eps).sqrt()  # (T, 1)
    n = (z - z.mean(dim=1, keepdim=True)) / spread  # (T, E)
    rest = d - d.mean(dim=1, keepdim=True) - n[..., None] * (n[..., None] * d).mean(dim=1, keepdim=True)
    return norm(z), norm.weight[:, None] * rest / spread[..., None]


def reply_norms(spec: TransformerSpec, tokens: Sequence[str]) -> Mapping[str, Float64]:
    """‖∂ log p / ∂h_t‖ at every word, (T,), where p is the probability of the network's own reply after the last word.

    Under "hidden_state". The reply is read from the last state alone, and the others reach it through the layers below:
    so h_t is the state after the last layer but one, on which the last layer looks back.

    Raises:
        KiokuError: what `zoo.load` raises.
    """
    model, x = _placed(spec, tokens)
    *lower, last = model.reading()
    with torch.no_grad():
        for block in lower:
            x = block(x[None])[0]
    below = x.requires_grad_()
    scores = torch.log_softmax(model.readout(last(below[None])[0, -1]), dim=-1)  # (V,)
    (gradient,) = torch.autograd.grad(scores.max(), below)  # (T, E)
    return MappingProxyType({"hidden_state": gradient.norm(dim=1).numpy()})


def accuracy(spec: TransformerSpec) -> float | None:
    """The share of held-out sentences that a trained model answers right; None for weights that are not trained."""
    entry = transformers.manifest()["models"].get(spec.name) if spec.weights == "trained" else None
    return entry["reply_accuracy"] if entry else None


def _placed(spec: TransformerSpec, tokens: Sequence[str]) -> tuple[Transformer, Tensor]:
    """The network in float64, and what its first layer receives, (T, E)."""
    model = zoo.load(spec).double()
    with torch.no_grad():
        return model, model.placed(torch.tensor([smalltalk.vocabulary().encode(tokens)]))[0]
