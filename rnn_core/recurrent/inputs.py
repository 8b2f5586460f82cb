"""A module and its inputs, checked once at the door and laid out as the equations want them.

Everything that can be wrong with what a caller brings is found here, so that what comes after need not ask again.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias, runtime_checkable

import numpy as np
import torch
from numpy.typing import ArrayLike
from torch import Tensor, nn

from rnn_core.errors import KiokuError
from rnn_core.quantities import Cell
from rnn_core.recurrent.cells import Weights
from rnn_core.recurrent.fused import altered, check_output, path_of, undisturbed

if TYPE_CHECKING:
    from rnn_core.quantities import Array

State: TypeAlias = Tensor | ArrayLike | tuple[Tensor | ArrayLike, Tensor | ArrayLike] | None

KINDS: dict[type[nn.RNNBase], Cell] = {nn.RNN: "rnn", nn.LSTM: "lstm", nn.GRU: "gru"}


@runtime_checkable
class Layer(Protocol):
    """What is asked of a module before its inputs can be laid out."""

    input_size: int
    batch_first: bool


@dataclass(frozen=True, eq=False)
class CheckedModule:
    """A module that can be recorded, with its inputs, time first and batched.

    Attributes:
        cell: "rnn", "lstm" or "gru".
        layers: `layers[layer][direction]`, the weights.
        inputs: (T, B, D).
        h0, c0: the initial states, (layers · directions, B, P) and, for the LSTM, (layers · directions, B, H).
        batched, batch_first: the layout in which the inputs came.
    """

    cell: Cell
    layers: tuple[tuple[Weights, ...], ...]
    inputs: Tensor
    h0: Tensor
    c0: Tensor | None
    batched: bool
    batch_first: bool

    @property
    def directions(self) -> int:
        """2 for a bidirectional module, else 1."""
        return len(self.layers[0])

    def start(self, layer: int, direction: int) -> tuple[Tensor, Tensor | None]:
        """The initial h (B, P) and, for the LSTM, c (B, H) of one direction of one layer."""
        row = layer * self.directions + direction
        return self.h0[row], None if self.c0 is None else self.c0[row]

    def own_layout(self, values: Tensor) -> Tensor:
        """(T, B, …) in the layout in which the inputs came."""
        if not self.batched:
            return values[:, 0]
        return values.transpose(0, 1) if self.batch_first else values

    def time_first(self, values: Tensor) -> Tensor:
        """What came in the layout of the inputs as (T, B, …)."""
        if not self.batched:
            return values[:, None]
        return values.transpose(0, 1) if self.batch_first else values

    def traced(self, values: Tensor) -> Array:
        """(T, B, …) as an array in a trace's layout: time first, without the batch if there was none."""
        return (values if self.batched else values[:, 0]).numpy()


def check_inputs(module: nn.RNNBase, inputs: Tensor | ArrayLike, state: State = None) -> CheckedModule:
    """Check a module with its inputs and initial state, and lay them out.

    Raises:
        KiokuError: whatever cannot be recorded; the message says what was given and what to do.
    """
    if not isinstance(module, nn.RNNBase) or not altered(module):
        return _checked(module, inputs, state)
    with undisturbed(module):
        checked = _checked(module, inputs, state)
        check_output(module, checked)
        return checked


def _checked(module: nn.RNNBase, inputs: Tensor | ArrayLike, state: State) -> CheckedModule:
    cell, layers = weights_of(module)
    like = layers[0][0].ih
    x, batched = lay_out(as_tensor(inputs, "inputs", like), module)
    h0, c0 = _states(module, cell, state, x, batched, like)
    return CheckedModule(cell, layers, x, h0, c0, batched, module.batch_first)


def lay_out(x: Tensor, module: Layer) -> tuple[Tensor, bool]:
    """Inputs as (T, B, D), and whether they came as a batch.

    Raises:
        KiokuError: another shape than the module takes.
    """
    if x.ndim not in (2, 3):
        raise KiokuError("wrong_dimensions", shape=_shape(x), size=module.input_size)
    if x.shape[-1] != module.input_size:
        raise KiokuError("wrong_input_size", want=module.input_size, shape=_shape(x), got=x.shape[-1])
    if x.numel() == 0:
        raise KiokuError("empty_inputs", shape=_shape(x))
    if x.ndim == 2:
        return x[:, None], False
    return x.transpose(0, 1) if module.batch_first else x, True


def weights_of(module: nn.RNNBase) -> tuple[Cell, tuple[tuple[Weights, ...], ...]]:
    """Which cell a module has, and its checked weights, `[layer][direction]`.

    Raises:
        KiokuError: a module that cannot be recorded.
    """
    cell = _cell(module)
    return cell, _weights(module)


def _cell(module: object) -> Cell:
    for kind, cell in KINDS.items():
        if isinstance(module, kind):
            return cell
    refuse_closed(module)
    given = path_of(module)
    if isinstance(module, nn.RNNCellBase):
        raise KiokuError("cell_module", given=given)
    inside = (
        [name for name, child in module.named_modules() if isinstance(child, tuple(KINDS))]
        if isinstance(module, nn.Module)
        else []
    )
    if inside:
        raise KiokuError("module_contains", given=given, names=", ".join(inside[:5]), first=inside[0])
    raise KiokuError("wrong_module", given=given)


def refuse_closed(module: object) -> None:
    """See that a module's steps can be seen.

    Raises:
        KiokuError: it is compiled, scripted or quantized.
    """
    given = path_of(module)
    if isinstance(getattr(module, "_orig_mod", None), nn.Module):
        raise KiokuError("compiled_module", given=given)
    if given.startswith("torch.jit."):
        raise KiokuError("scripted_module", given=given)
    if ".quantized." in given:
        raise KiokuError("quantized_module", given=given)


def _weights(module: nn.RNNBase) -> tuple[tuple[Weights, ...], ...]:
    relu = getattr(module, "nonlinearity", "tanh") == "relu"

    def direction(layer: int, suffix: str) -> Weights:
        def get(name: str, there: bool) -> Tensor | None:
            return _sound(module, f"{name}_l{layer}{suffix}") if there else None

        return Weights(
            _sound(module, f"weight_ih_l{layer}{suffix}"),
            _sound(module, f"weight_hh_l{layer}{suffix}"),
            get("bias_ih", module.bias),
            get("bias_hh", module.bias),
            get("weight_hr", module.proj_size > 0),
            relu,
        )

    suffixes = ("", "_reverse") if module.bidirectional else ("",)
    return tuple(tuple(direction(layer, suffix) for suffix in suffixes) for layer in range(module.num_layers))


def _sound(module: nn.RNNBase, name: str) -> Tensor:
    weight: Tensor = getattr(module, name)
    if weight.dtype not in (torch.float32, torch.float64):
        raise KiokuError("wrong_module_dtype", name=name, given=_dtype(weight))
    if weight.is_meta or not _finite(weight):
        raise KiokuError("weights_not_finite", name=name)
    return weight.cpu()


def _finite(values: Tensor) -> bool:
    """No nan and no inf. A finite sum proves it and costs a third of looking at each value."""
    return math.isfinite(values.sum().item()) or bool(values.isfinite().all())


def as_tensor(given: object, what: str, like: Tensor) -> Tensor:
    """`given` as a finite tensor of the dtype of the module's weights, on the CPU.

    Raises:
        KiokuError: it is none.
    """
    if isinstance(given, nn.utils.rnn.PackedSequence):
        raise KiokuError("packed_sequence", what=what)
    if isinstance(given, Tensor):
        values = given
    else:
        try:
            values = torch.tensor(np.ascontiguousarray(given))
        except (TypeError, ValueError):
            raise KiokuError("not_numbers", what=what, given=type(given).__name__) from None
    _check_kind(values, what, like)
    if not _finite(values):
        raise KiokuError("not_finite", what=what, count=int((~values.isfinite()).sum()), shape=_shape(values))
    return values.cpu()


def _check_kind(values: Tensor, what: str, like: Tensor) -> None:
    """See that a tensor has numbers of the dtype of the module's weights, one beside the other."""
    if values.is_nested or values.layout != torch.strided:
        raise KiokuError("packed_sequence", what=what)
    if what == "inputs" and not (values.is_floating_point() or values.is_complex() or values.dtype == torch.bool):
        raise KiokuError("token_ids", given=_dtype(values), want=_dtype(like))
    if values.is_meta:
        raise KiokuError("inputs_meta", what=what)
    if values.dtype != like.dtype:
        raise KiokuError("wrong_dtype", what=what, given=_dtype(values), want=_dtype(like))


def _states(
    module: nn.RNNBase, cell: Cell, state: State, x: Tensor, batched: bool, like: Tensor
) -> tuple[Tensor, Tensor | None]:
    rows = module.num_layers * (2 if module.bidirectional else 1)
    sizes = [module.proj_size or module.hidden_size, *([module.hidden_size] if cell == "lstm" else [])]
    if state is None:
        found = [x.new_zeros(rows, x.shape[1], size) for size in sizes]
    else:
        parts = state if isinstance(state, (tuple, list)) else (state,)
        if isinstance(state, (tuple, list)) != (cell == "lstm") or len(parts) != len(sizes):
            raise KiokuError("wrong_state_kind", cell=cell)
        found = [_state(part, (rows, x.shape[1], size), batched, like) for part, size in zip(parts, sizes, strict=True)]
    return found[0], found[1] if cell == "lstm" else None


def _state(given: object, want: tuple[int, int, int], batched: bool, like: Tensor) -> Tensor:
    values = as_tensor(given, "state", like)
    wanted = want if batched else (want[0], want[2])
    if tuple(values.shape) != wanted:
        raise KiokuError("wrong_state_shape", given=_shape(values), want=f"({', '.join(map(str, wanted))})")
    return values if batched else values[:, None]


def _shape(values: Tensor) -> str:
    return f"({', '.join(map(str, values.shape))})"


def _dtype(values: Tensor) -> str:
    return str(values.dtype).removeprefix("torch.")
