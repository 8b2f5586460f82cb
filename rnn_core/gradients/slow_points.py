"""Where a recurrent layer stands almost still while it reads one and the same input: its fixed and slow points.

A state that barely moves is one that the layer keeps. Where such states form a line, along which a push stays and
across which it dies away, the layer can count along it: a line attractor.
Source: Sussillo & Barak 2013, Opening the black box (the speed is minimised from states that were visited);
Maheswaranathan et al. 2019, Reverse engineering recurrent networks for sentiment classification.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass

import numpy as np
import torch
from jaxtyping import Complex, Float
from torch import Tensor, nn

from rnn_core.gradients.jacobians import step_jacobians
from rnn_core.gradients.step_eigenvalues import solve_eigenvalues

RATE = 0.02  # of the first update; it falls to 0


@dataclass(frozen=True, eq=False)
class SlowPoints:
    """P states. The state of an LSTM is h and c side by side, N numbers; else h.

    Attributes:
        states: (P, N).
        speeds: ‖F(s) − s‖, (P,), where F is one step.
        eigenvalues: of ∂F/∂s there, (P, N), the largest first.
    """

    states: Float[np.ndarray, "P N"]
    speeds: Float[np.ndarray, " P"]
    eigenvalues: Complex[np.ndarray, "P N"]


def find_slow_points(
    module: nn.RNNBase, reads: Float[Tensor, " D"], starts: Float[Tensor, "P N"], updates: int
) -> SlowPoints:
    """From each start, go downhill in ‖F(s) − s‖² for so many updates of Adam; in float64.

    Args:
        module: one layer in one direction, the batch first.
        reads: what it reads at every step.
        starts: states to begin at, such as the layer has visited.
        updates: how long to search.

    Example:
        >>> still = find_slow_points(nn.RNN(1, 2, batch_first=True), torch.zeros(1), torch.zeros(3, 2), updates=50)
        >>> still.states.shape, still.eigenvalues.shape
        ((3, 2), (3, 2))
    """
    layer = copy.deepcopy(module).double().requires_grad_(False)
    reads = reads.detach().double()
    states = starts.detach().double().clone().requires_grad_()
    optimizer = torch.optim.Adam([states], lr=RATE)
    for update in range(updates):
        for group in optimizer.param_groups:
            group["lr"] = RATE * (1 - update / updates)
        optimizer.zero_grad()
        (step(layer, reads, states) - states).square().sum().backward()  # type: ignore[no-untyped-call]
        optimizer.step()
    with torch.no_grad():
        speeds = (step(layer, reads, states) - states).norm(dim=1)
    found = states.detach()
    jacobians = np.concatenate([step_jacobians(layer, reads[None], _as_given(layer, state)) for state in found], axis=0)
    return SlowPoints(found.numpy(), speeds.numpy(), solve_eigenvalues(jacobians))


def step(layer: nn.RNNBase, reads: Float[Tensor, " D"], states: Float[Tensor, "P N"]) -> Float[Tensor, "P N"]:
    """F: every state one step later."""
    given = states.unsqueeze(0)  # (1, P, N)
    inputs = reads.expand(len(states), 1, -1)
    if isinstance(layer, nn.LSTM):
        _, (h, c) = layer(inputs, tuple(part.contiguous() for part in given.chunk(2, dim=2)))
        return torch.cat([h[0], c[0]], dim=1)
    later: Tensor = layer(inputs, given)[1][0]
    return later


def _as_given(layer: nn.RNNBase, state: Float[Tensor, " N"]) -> Tensor | tuple[Tensor, Tensor]:
    """One state as torch takes it, unbatched."""
    if isinstance(layer, nn.LSTM):
        h, c = state[None].chunk(2, dim=1)
        return h, c
    return state[None]


def time_constants(eigenvalues: Complex[np.ndarray, "P N"]) -> Float[np.ndarray, "P N"]:
    """After how many steps a push along each eigenvector is 1/e of what it was, |1 / ln |λ||; inf where it stays.

    Example:
        >>> time_constants(np.array([[np.exp(-0.5) + 0j, 1.0 + 0j]])).round(6).tolist()
        [[2.0, inf]]
    """
    with np.errstate(divide="ignore"):
        found: Float[np.ndarray, "P N"] = np.abs(1 / np.log(np.abs(eigenvalues)))
    return found
