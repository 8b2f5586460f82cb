"""What a loss says about every state and every weight at every step: immutable, plain numpy, readable without torch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from rnn_core.errors import KiokuError
from rnn_core.quantities import Cell
from rnn_core.recurrent.directions import within
from rnn_core.recurrent.trace import NamedArrays, places

if TYPE_CHECKING:
    from rnn_core.quantities import Array

Float64 = NDArray[np.float64]
# A step's share of a gradient is Σ_b left_b ⊗ right_b, (B, rows) and (B, columns); a bias has no right side.
Factors = tuple[Float64, Float64 | None]


class LayerGradients(NamedArrays):
    """One direction of one layer: ∂L/∂h_t, and for an LSTM ∂L/∂c_t, as read-only float64 arrays, time first.

    Shapes: as in a `LayerTrace`, under "hidden_state" and "cell_state". Index t is the position in the input, for the
    backward direction too.
    """


@dataclass(frozen=True, eq=False)
class GradientTrace:
    """The gradient of a loss at every step of a recurrent module, all in float64.

    Attributes:
        cell: "rnn", "lstm" or "gru".
        loss: L itself.
        layers: `layers[layer][direction]["hidden_state"]` is ∂L/∂h_t over every path, through later steps and higher
            layers too; for an LSTM "cell_state" is ∂L/∂c_t, its way through h_t included.
        inputs: ∂L/∂x_t, in the layout of the inputs; read-only.
        shares: by the name of a parameter, what its steps' shares are made of; `weight_shares` multiplies them out.
    """

    cell: Cell
    loss: float
    layers: tuple[tuple[LayerGradients, ...], ...]
    inputs: Float64
    shares: Mapping[str, Factors] = field(repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "layers", places(self.layers))
        self.inputs.flags.writeable = False

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self.inputs.flags.writeable = False  # a pickled array comes back writable

    def __len__(self) -> int:
        """T, the number of steps."""
        return len(self.layers[0][0]["hidden_state"])

    def norms(self, key: str, layer: int = 0, direction: int = 0) -> Float64:
        """‖∂L/∂h_t‖ or ‖∂L/∂c_t‖ step by step, over batch and units: (T,).

        Raises:
            KiokuError: no such quantity, layer or direction.
        """
        directions = self.layers[within("layer", layer, len(self.layers))]
        return norms(directions[within("direction", direction, len(directions))][key])

    def weight_steps(self, name: str) -> Float64:
        """How large each step's own share of ∂L/∂W is: its Frobenius norm, (T,).

        Args:
            name: the parameter, as torch calls it: "weight_hh_l0", "bias_ih_l1_reverse".

        Raises:
            KiokuError: the module has no such parameter.
        """
        left, right = self._factors(name)
        return np.array([norms(_share(left, right, t)[None])[0] for t in range(len(left))])

    def weight_shares(self, name: str) -> Float64:
        """Each step's own share of ∂L/∂W, (T, …) with the shape of W; their sum over T is the whole gradient.

        The share of position t is what the weight does where it acts on x_t, or on the state that stands before it.

        Raises:
            KiokuError: the module has no such parameter.
        """
        left, right = self._factors(name)
        return np.stack([_share(left, right, t) for t in range(len(left))])

    def weight_norm(self, *names: str) -> float:
        """‖∂L/∂W‖ of these parameters as one vector: each step's shares summed up.

        Raises:
            KiokuError: the module has no such parameter.
        """
        whole = [_sum(*self._factors(name)) for name in names]
        return float(norms(np.concatenate([values.ravel() for values in whole])[None])[0])

    def _factors(self, name: str) -> Factors:
        if name not in self.shares:
            raise KiokuError("unknown_weight", given=name, known=", ".join(self.shares))
        return self.shares[name]


def norms(values: Array) -> Float64:
    """The Frobenius norm of each row: (T, …) → (T,). Scaled first: the square of 10⁻²⁰⁰ would be 0.

    Example:
        >>> norms(np.array([[3e-200, 4e-200], [0.0, 0.0]]))
        array([5.e-200, 0.e+000])
    """
    sizes = np.abs(values.reshape(len(values), -1))
    largest = sizes.max(axis=1, keepdims=True)
    scale = np.where((largest > 0) & np.isfinite(largest), largest, 1.0)
    found: Float64 = scale[:, 0] * np.sqrt(np.square(sizes / scale).sum(axis=1))
    return found


def _share(left: Float64, right: Float64 | None, t: int) -> Float64:
    share: Float64 = left[t].sum(axis=0) if right is None else left[t].T @ right[t]
    return share


def _sum(left: Float64, right: Float64 | None) -> Float64:
    total: Float64 = left.sum(axis=(0, 1)) if right is None else np.tensordot(left, right, axes=((0, 1), (0, 1)))
    return total
