"""What `measures` measures, on a Transformer: how far its reply looks back, and what moves what.

The same numbers as of the recurrent networks, so that all stand on one scale: x_s is a word's embedding with its place
added, which is what the first layer receives, and h_t the word's state after the last layer, which the readout reads.
"""

from __future__ import annotations

import copy
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import torch
from jaxtyping import Float, Int
from torch import Tensor, nn

from rnn_core.models.measures import traced_back
from rnn_core.models.transformer import Block, Transformer
from rnn_core.progress import report

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rnn_core.gradients.gradient_trace import Float64


def input_influence(model: Transformer, words: Int[Tensor, " T"], layer: int | None = None) -> Float64:
    """‖∂h_t/∂x_s‖, the Frobenius norm, (T, T) in float64; later words are behind the mask: exactly 0.

    Closed form, no autograd: for one s after the other the Jacobians go forward through the layers.

    Args:
        model: which Transformer.
        words: the numbers of the T words.
        layer: after which layer h_t is taken, 0-based; None for the last.

    Example:
        >>> from rnn_core.specs import TransformerSpec
        >>> model = Transformer(TransformerSpec(hidden=8, heads=2), words=10, outputs=12)
        >>> found = input_influence(model, torch.tensor([1, 2, 3]))
        >>> found.shape, float(found[0, 2])
        ((3, 3), 0.0)
    """
    model, x = _placed(model, words)
    steps, width = x.shape
    blocks = [block for block in model.blocks if isinstance(block, Block)][: None if layer is None else layer + 1]
    found = np.zeros((steps, steps))
    with torch.inference_mode():
        for s in range(steps):
            report(s / steps)
            h, pushed = x, torch.zeros(steps - s, width, width, dtype=x.dtype)  # ∂h_t/∂x_s for t ≥ s, (T − s, E, E)
            pushed[0] = torch.eye(width)
            for block in blocks:
                h, pushed = push(block, h, pushed)
            found[s:, s] = torch.linalg.vector_norm(pushed, dim=(1, 2)).numpy()
    return found


def last_influence(model: Transformer, words: Int[Tensor, " T"]) -> Float64:
    """‖∂h_T/∂x_s‖ of the last word's state after the last layer, (T,)."""
    model, x = _placed(model, words)
    return traced_back(lambda placed: model.blocks(placed)[:, -1], x)


def push(block: Block, x: Float[Tensor, "T E"], d: Float[Tensor, "S E N"]) -> tuple[Tensor, Tensor]:
    """A layer's states, (T, E), and N small changes of the last S of them, (S, E, N), from those of its input.

    Behind the mask nothing before the first word that changes can change, so S words are enough.
    """
    q, k, v = (part[0] for part in block.project_qkv(x[None]))  # each (heads, T, F)
    first, a = len(x) - len(d), block.weights(x[None])[0]  # (heads, T, T)
    # a_ts changes by a_ts (ds_ts − Σ_r a_tr ds_tr) with ds_ts = (dq_t · k_s + q_t · dk_s) / √F, the context c = a v by
    # dc_t = C_t dq_t / √F + Σ_s a_ts (q_t · dk_s) (v_s − c_t) / √F + Σ_s a_ts dv_s, C_t = Σ_s a_ts (v_s − c_t) k_sᵀ
    context = a @ v  # (heads, T, F)
    now, later = a[:, first:], a[:, first:, first:]  # (heads, S, T), (heads, S, S)
    parts = (part.weight @ d for part in (block.query, block.key, block.value))
    dq, dk, dv = (
        part.view(len(d), block.heads, -1, d.shape[-1]).transpose(0, 1) for part in parts
    )  # each (heads, S, F, N)
    pairs = (v[..., None] * k[:, :, None]).flatten(2)  # v_s k_sᵀ, (heads, T, F · F)
    c = context[:, first:]  # (heads, S, F)
    spread = (now @ pairs).view(*c.shape, -1) - c[..., None] * (now @ k)[:, :, None]  # C, (heads, S, F, F)
    asks = later[..., None] * torch.einsum("htg,hsgn->htsn", q[:, first:], dk)  # (heads, S, S, N)
    by_keys = torch.einsum("htsn,hsf->htfn", asks, v[:, first:]) - c[..., None] * asks.sum(dim=2)[:, :, None]
    dc = (spread @ dq + by_keys) / q.shape[-1] ** 0.5 + torch.einsum("hts,hsfn->htfn", later, dv)  # (heads, S, F, N)
    dy = d + block.out.weight @ dc.transpose(0, 1).flatten(1, 2)
    z = x + block.out(context.transpose(0, 1).flatten(1))  # (T, E)
    y, dy = block.norm1(z), _normed(block.norm1, z[first:], dy)
    wide = block.linear1(y)  # (T, W)
    dz = dy + block.linear2.weight @ ((block.linear1.weight @ dy) * (wide[first:] > 0)[..., None])
    z = y + block.linear2(wide.relu())
    return block.norm2(z), _normed(block.norm2, z[first:], dz)


def _normed(norm: nn.LayerNorm, z: Float[Tensor, "S E"], d: Float[Tensor, "S E N"]) -> Float[Tensor, "S E N"]:
    """What LayerNorm makes of small changes: γ (dz − mean dz − n mean(n dz)) / σ with n = (z − mean) / σ."""
    spread = (z.var(dim=1, correction=0, keepdim=True) + norm.eps).sqrt()  # (T, 1)
    n = (z - z.mean(dim=1, keepdim=True)) / spread  # (T, E)
    rest = d - d.mean(dim=1, keepdim=True) - n[..., None] * (n[..., None] * d).mean(dim=1, keepdim=True)
    found: Tensor = norm.weight[:, None] * rest / spread[..., None]
    return found


def reply_norms(model: Transformer, words: Int[Tensor, " T"]) -> Mapping[str, Float64]:
    """‖∂ log p / ∂h_t‖ at every word, (T,), where p is the probability of the network's own reply after the last word.

    Under "hidden_state". The reply is read from the last state alone, and the others reach it through the layers below:
    so h_t is the state after the last layer but one, on which the last layer looks back.
    """
    model, x = _placed(model, words)
    *lower, last = model.blocks
    with torch.no_grad():
        for block in lower:
            x = block(x[None])[0]
    below = x.requires_grad_()
    scores = torch.log_softmax(model.scores(last(below[None])[0, -1]), dim=-1)  # (V,)
    (gradient,) = torch.autograd.grad(scores.max(), below)  # (T, E)
    return MappingProxyType({"hidden_state": gradient.norm(dim=1).numpy()})


def _placed(model: Transformer, words: Int[Tensor, " T"]) -> tuple[Transformer, Tensor]:
    """A copy of the network in float64, and what its first layer receives, (T, E)."""
    # Weights that could be learned: of the others torch folds a product in another way, and the last bits differ.
    model = copy.deepcopy(model).double().requires_grad_()
    with torch.no_grad():
        return model, model.placed(words[None])[0]
