"""Modules and inputs that many tests need, and the textbook loop that they are compared with."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import numpy as np
import torch
from torch import nn

from rnn_core.quantities import QUANTITIES
from rnn_core.takeaway.step import GIVEN, WEIGHTS, in_python

KINDS = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}
D, H, T = 3, 5, 7
SEEDS = torch.default_generator  # torch.manual_seed seeds those of other devices too, and keeps a stack of each call


def build(cell: str, seed: int = 0, dtype: torch.dtype = torch.float64, **options) -> nn.RNNBase:
    """A module with weights twice as wide as torch's, so that gates leave the middle of their range."""
    SEEDS.manual_seed(seed)
    module = KINDS[cell](D, H, **options).to(dtype)
    with torch.no_grad():
        for parameter in module.parameters():
            parameter.mul_(2)
    return module


def inputs(seed: int = 0, batch: int | None = None, first: bool = False, dtype: torch.dtype = torch.float64):
    SEEDS.manual_seed(seed + 1000)
    shape = (T, D) if batch is None else (batch, T, D) if first else (T, batch, D)
    return torch.randn(*shape, dtype=dtype)


def state(module: nn.RNNBase, seed: int = 0, batch: int | None = None):
    SEEDS.manual_seed(seed + 2000)
    rows = module.num_layers * (2 if module.bidirectional else 1)
    sizes = [module.proj_size or H, *([H] if isinstance(module, nn.LSTM) else [])]
    dtype = module.weight_hh_l0.dtype
    parts = [torch.randn(rows, *([] if batch is None else [batch]), size, dtype=dtype) for size in sizes]
    return tuple(parts) if isinstance(module, nn.LSTM) else parts[0]


def configurations():
    """The whole grid: (cell, options of the module)."""
    for cell, layers, both, bias, first in product(KINDS, (1, 2, 3), (False, True), (True, False), (False, True)):
        extras = [{}]
        extras += [{"nonlinearity": "relu"}] if cell == "rnn" else []
        extras += [{"proj_size": 2}] if cell == "lstm" else []
        for extra in extras:
            yield cell, {"num_layers": layers, "bidirectional": both, "bias": bias, "batch_first": first, **extra}


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


def by_the_table(cell: str, step: Mapping[str, object], before: Mapping[str, object]) -> dict[str, np.ndarray]:
    """What the table has of a step beside what is written by hand, each computed as the table's own equation says.

    Args:
        cell: the kind of cell.
        step: what is known of it: key → (H,).
        before: x (D,), h and c (H,) before it, W_ih, W_hh, b_ih, b_hh by torch's names.
    """
    rows = QUANTITIES.of(cell)
    names = GIVEN | {row.forms[cell].symbol: row.key for row in rows}
    known = {key: torch.as_tensor(value) for key, value in {**before, **step}.items() if value is not None}
    exec(WEIGHTS[cell], known)  # our own text
    for row in rows:
        if row.key not in step:
            known[row.key] = eval(in_python(row.forms[cell].equation, names), known | {"torch": torch})
    return {row.key: known[row.key].numpy() for row in rows if row.key not in step}


def textbook(module: nn.RNNBase, x: np.ndarray, layer: int, suffix: str, h, c=None) -> dict[str, np.ndarray]:
    """One direction of one layer on x (T, D), as the pages of torch.nn write it, one step after the other."""
    get = lambda name: getattr(module, f"{name}_l{layer}{suffix}").detach().numpy()  # noqa: E731
    w, u = get("weight_ih"), get("weight_hh")
    b, d = (get("bias_ih"), get("bias_hh")) if module.bias else (0.0, 0.0)
    steps = []
    for x_t in x if suffix == "" else x[::-1]:
        p, q = w @ x_t + b, u @ h + d
        before = {"x": x_t, "h": h, "c": c, "W_ih": w, "W_hh": u, "b_ih": b + 0 * p, "b_hh": d + 0 * q}
        if isinstance(module, nn.RNN):
            a = p + q
            h = np.maximum(a, 0) if module.nonlinearity == "relu" else np.tanh(a)
            steps.append({"preactivation": a})
        elif isinstance(module, nn.LSTM):
            i, f, g, o = np.split(p + q, 4)
            i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
            kept, written = f * c, i * g
            c = kept + written
            h = o * np.tanh(c)
            if module.proj_size:
                h = get("weight_hr") @ h
            gates = {"input_gate": i, "forget_gate": f, "cell_candidate": g, "output_gate": o}
            steps.append({**gates, "kept": kept, "written": written, "cell_state": c})
        else:
            (pr, pz, pn), (qr, qz, qn) = np.split(p, 3), np.split(q, 3)
            r, z = sigmoid(pr + qr), sigmoid(pz + qz)
            n = np.tanh(pn + r * qn)
            kept, written = z * h, (1 - z) * n
            h = kept + written
            steps.append({"reset_gate": r, "update_gate": z, "candidate": n, "kept": kept, "written": written})
        steps[-1]["hidden_state"] = h
        steps[-1] |= by_the_table(type(module).__name__.lower(), steps[-1], before)
    found = {key: np.stack([step[key] for step in steps]) for key in steps[0]}
    return found if suffix == "" else {key: values[::-1] for key, values in found.items()}
