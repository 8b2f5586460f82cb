"""The map of `influence` in other ways: by torch.autograd, and by the steps' Jacobians one after the other."""

from __future__ import annotations

import numpy as np
import torch
from torch import nn

from rnn_core.gradients.jacobians import sequence_maps
from tests.rnn_core import unrolled


def autograds(module, x, source, layer=0, direction=0) -> np.ndarray:
    """The same map from torch.autograd, on a loop that can be entered at any step."""
    zeros = torch.zeros(module.num_layers * (1 + module.bidirectional), 1, module.proj_size or module.hidden_size)
    h0 = zeros.to(x.dtype)
    c0 = torch.zeros(len(zeros), 1, module.hidden_size, dtype=x.dtype)
    _, layers = unrolled.whole(module, x[:, None], (h0, c0) if isinstance(module, nn.LSTM) else h0)
    own = list(x[:, None])
    if layer:
        own = [torch.cat(row, dim=-1) for row in zip(*(hs for hs, _ in layers[layer - 1]), strict=True)]
    own = [row.detach() for row in own]
    hs, cs = layers[layer][direction]
    suffix, steps = f"l{layer}{'_reverse' if direction else ''}", len(x)
    order = list(range(steps))[:: -1 if direction else 1]
    found = np.zeros((steps, steps))
    for place, s in enumerate(order):
        before = order[place - 1] if place else None
        h, c = (
            (h0[0], c0[0])
            if before is None
            else (hs[before].detach(), None if cs[before] is None else cs[before].detach())
        )
        if source == "input":
            leaf = own[s].clone().requires_grad_()
            h, c = unrolled.step(module, leaf, h, c, suffix)
        elif source == "hidden":
            leaf = hs[s].detach().clone().requires_grad_()
            h, c = leaf, None if cs[s] is None else cs[s].detach()
        else:
            leaf = cs[s].detach().clone().requires_grad_()
            h, c = shown(module, own[s], h, leaf, suffix), leaf
        after = [h[0]]
        for t in order[place + 1 :]:
            h, c = unrolled.step(module, own[t], h, c, suffix)
            after.append(h[0])
        units = torch.cat(after)  # of all steps, each asked about the leaf
        rows = torch.autograd.grad(units, leaf, torch.eye(len(units), dtype=x.dtype), is_grads_batched=True)[0]
        found[order[place:], s] = rows.reshape(len(after), -1).norm(dim=1)
    return found


def shown(module, x, before, c, suffix):
    """h_s from c_s, with the output gate that x_s and h_{s−1} give."""
    a = x @ getattr(module, f"weight_ih_{suffix}").T + before @ getattr(module, f"weight_hh_{suffix}").T
    if module.bias:
        a = a + getattr(module, f"bias_ih_{suffix}") + getattr(module, f"bias_hh_{suffix}")
    m = a.chunk(4, dim=-1)[3].sigmoid().detach() * c.tanh()
    return m @ getattr(module, f"weight_hr_{suffix}").T if module.proj_size else m


def straight(module, x, source) -> np.ndarray:
    """The map in float64 by the products of the steps' Jacobians, one after the other."""
    maps = sequence_maps(module, x, None, 0, 0)
    starts, jacobians = maps.joined_source_jacobian(source), maps.jacobians()
    found = np.zeros((len(x), len(x)))
    rows, exponents = starts[:0], np.zeros(0, int)  # of every step so far, each scaled by a power of two
    for t in range(len(x)):
        rows = torch.cat([rows @ jacobians[t].T, starts[t : t + 1]])
        exponents = np.append(exponents, 0)
        found[t, : t + 1] = np.ldexp(rows[:, :, : maps.visible].norm(dim=(1, 2)).numpy(), exponents)
        _, largest = np.frexp(rows.abs().amax(dim=(1, 2)).numpy())
        rows, exponents = rows * torch.from_numpy(np.ldexp(1.0, -largest))[:, None, None], exponents + largest
    return found
