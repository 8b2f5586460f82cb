"""The textbook loop in torch, one step after the other, so that autograd can be asked about any state of any step."""

from __future__ import annotations

import torch
from torch import Tensor, nn


def step(module: nn.RNNBase, x: Tensor, h: Tensor, c: Tensor | None, suffix: str) -> tuple[Tensor, Tensor | None]:
    """One step of one direction of one layer on x (B, D)."""
    get = lambda name: getattr(module, f"{name}_{suffix}")  # noqa: E731
    p, q = x @ get("weight_ih").T, h @ get("weight_hh").T
    if module.bias:
        p, q = p + get("bias_ih"), q + get("bias_hh")
    if isinstance(module, nn.RNN):
        return ((p + q).relu() if module.nonlinearity == "relu" else (p + q).tanh()), None
    if isinstance(module, nn.LSTM):
        i, f, g, o = (p + q).chunk(4, dim=-1)
        c = f.sigmoid() * c + i.sigmoid() * g.tanh()
        m = o.sigmoid() * c.tanh()
        return (m @ get("weight_hr").T if module.proj_size else m), c
    (pr, pz, pn), (qr, qz, qn) = p.chunk(3, dim=-1), q.chunk(3, dim=-1)
    z = (pz + qz).sigmoid()
    return z * h + (1 - z) * (pn + (pr + qr).sigmoid() * qn).tanh(), None


def direction(module, x, layer, backward, h, c) -> tuple[list[Tensor], list[Tensor | None]]:
    """h_t and c_t by position, each (B, ·), of one direction of one layer on x, a sequence of (B, D)."""
    order = range(len(x))[::-1] if backward else range(len(x))
    hs, cs = [None] * len(x), [None] * len(x)
    for t in order:
        h, c = step(module, x[t], h, c, f"l{layer}{'_reverse' if backward else ''}")
        hs[t], cs[t] = h, c
    return hs, cs


def whole(module: nn.RNNBase, x: Tensor, state) -> tuple[Tensor, list[list[tuple[list[Tensor], list[Tensor | None]]]]]:
    """The output (T, B, ·) and `[layer][direction]` → (h_t, c_t), on x (T, B, D)."""
    h0, c0 = state if isinstance(module, nn.LSTM) else (state, None)
    layers, count = [], 2 if module.bidirectional else 1
    for layer in range(module.num_layers):
        rows = [layer * count + d for d in range(count)]
        layers.append(
            [
                direction(module, x, layer, d == 1, h0[row], None if c0 is None else c0[row])
                for d, row in enumerate(rows)
            ]
        )
        x = [torch.cat(states, dim=-1) for states in zip(*(hs for hs, _ in layers[-1]), strict=True)]
    return torch.stack(x), layers
