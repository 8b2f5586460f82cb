"""`backpropagate`: the gradient of a loss at every state of every step, and each step's share of every weight's.

torch differentiates the loss down to the module's output. From there the chain rule runs back through time on the
derivatives of the recorded steps, in closed form. It computes in float64, whatever the module's dtype, and from the
very states that the module had: what is left after many steps is too small for float32 long before it is 0.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import torch
from numpy.typing import ArrayLike
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence

from rnn_core.errors import KiokuError
from rnn_core.gradients.derivatives import LocalDerivatives, local_derivatives
from rnn_core.gradients.gradient_trace import GradientTrace, LayerGradients
from rnn_core.gradients.joined_gradients import side_by_side
from rnn_core.gradients.minimal import trace_back
from rnn_core.recurrent.fused import exact_mode
from rnn_core.recurrent.inputs import CheckedModule, State, check_inputs
from rnn_core.recurrent.lengths import own_state, unpack
from rnn_core.recurrent.minimal import MinimalCell
from rnn_core.recurrent.recording import record
from rnn_core.recurrent.trace import Trace

if TYPE_CHECKING:
    from rnn_core.gradients.gradient_trace import Factors, Float64

Loss: TypeAlias = Callable[[Tensor], Tensor]
CPU = torch.device("cpu")


def backpropagate(
    module: nn.RNNBase | MinimalCell,
    inputs: Tensor | ArrayLike | PackedSequence,
    loss: Loss,
    state: State = None,
    lengths: Iterable[int] | None = None,
) -> GradientTrace:
    """The gradient of a loss at every step, over every path.

    The module is left as it was found, its `.grad` too; frozen weights are no obstacle; dropout is off.

    Args:
        module: any `nn.RNN`, `nn.LSTM` or `nn.GRU`, in float32 or float64; or a `MinGRU` or `MinLSTM`.
        inputs: a tensor or array as the module takes it: (T, D), (T, B, D) or, with batch_first, (B, T, D); or a packed
            sequence, of which each member is read up to its own end.
        loss: takes the module's output, a tensor in the module's own layout, and gives a finite tensor of shape (). Of
            a packed sequence it is the padded output, 0 beyond each end.
        state: the initial state as the module takes it; zeros where it is None.
        lengths: where each sequence of a padded batch ends; what lies beyond has no gradient.

    Raises:
        KiokuError: what `record` refuses, or a loss that is no finite scalar tensor depending on the output.

    Source: the chain rule on the equations of `torch.nn.RNN`, `torch.nn.LSTM` and `torch.nn.GRU`.

    Example:
        >>> _ = torch.manual_seed(0)
        >>> grads = backpropagate(nn.LSTM(3, 4), torch.randn(6, 3), lambda output: output[-1].sum())
        >>> grads.norms("cell_state").shape, grads.weight_steps("weight_hh_l0").shape
        ((6,), (6,))
    """
    if isinstance(inputs, PackedSequence) and isinstance(module, nn.RNNBase):
        inputs, lengths = unpack(module, inputs)
    trace = record(module, inputs, state, lengths=lengths)
    above = differentiate(loss, trace, next(module.parameters()).device)
    return back_through(module, inputs, state, trace, above)


@dataclass(frozen=True, eq=False)
class Above:
    """What a loss says to one call of a module, in float64.

    Attributes:
        loss: L.
        by_output: ∂L/∂output, in the module's own layout.
        by_last: ∂L/∂h_n and, for an LSTM, ∂L/∂c_n, on the ways that go from the last states themselves, in torch's
            layout; nothing where the loss has the output alone.
    """

    loss: float
    by_output: Tensor
    by_last: tuple[Tensor, ...] = ()


def back_through(
    module: nn.RNNBase | MinimalCell, inputs: Tensor | ArrayLike, state: State, trace: Trace, above: Above
) -> GradientTrace:
    """Backpropagation through every step and layer of one recorded call.

    Args:
        module, inputs, state: as for `backpropagate`; inputs not packed.
        trace: what `record` gave of them, with its lengths.
        above: what comes from the loss.
    """
    if isinstance(module, MinimalCell):
        return _minimal(module, inputs, state, above.loss, above.by_output)
    if not trace.lengths:
        return _back(check_inputs(module, inputs, state), trace, above)
    padded = inputs if isinstance(inputs, Tensor) else torch.as_tensor(np.ascontiguousarray(inputs))
    rows, by_rows = (one if module.batch_first else one.transpose(0, 1) for one in (padded, above.by_output))
    found = []
    for b, end in enumerate(trace.lengths):
        checked = check_inputs(module, rows[b, :end], own_state(state, b))
        own = Above(above.loss, by_rows[b, :end], tuple(last[:, b] for last in above.by_last))
        found.append(_back(checked, trace.sequence(b), own))
    return side_by_side(found, rows.shape[1], batch_first=module.batch_first)


def _back(checked: CheckedModule, trace: Trace, from_loss: Above) -> GradientTrace:
    """The same where all sequences have T steps."""
    with exact_mode():
        above = checked.time_first(from_loss.by_output)  # (T, B, directions·P)
        last = [part if checked.batched else part[:, None] for part in from_loss.by_last]  # (rows, B, ·)
        layers: list[tuple[LayerGradients, ...]] = []
        shares: dict[str, Factors] = {}
        for layer in reversed(range(len(checked.layers))):
            found, below = [], torch.zeros((), dtype=torch.float64)
            for direction, part in enumerate(above.chunk(checked.directions, dim=-1)):
                local = local_derivatives(checked, trace, layer, direction)
                ends = [one[layer * checked.directions + direction] for one in last]
                as_read = part if direction == 0 else part.flip(0)
                if ends:  # the state in which it ends is the one after the last step that it reads
                    as_read = torch.cat([as_read[:-1], as_read[-1:] + ends[0]])
                back = _by_position(_BPTT[checked.cell](local, as_read, *ends[1:]), direction)
                found.append(LayerGradients({key: checked.traced(back[key]) for key in _STATES if key in back}))
                shares.update(_factors(local, back, layer, direction))
                below = below + back["by_input"] @ local.weights.ih  # (T, B, D)
            layers.insert(0, tuple(found))
            above = below
        inputs = checked.own_layout(above).numpy()
        return GradientTrace(checked.cell, from_loss.loss, tuple(layers), inputs, shares)


_STATES = ("hidden_state", "cell_state")


def _minimal(
    module: MinimalCell, inputs: Tensor | ArrayLike, state: State, value: float, by_output: Tensor
) -> GradientTrace:
    """Of a layer whose units don't reach each other."""
    batched = by_output.ndim == 3
    turned = batched and module.batch_first
    above = by_output.transpose(0, 1) if turned else by_output if batched else by_output[:, None]
    by_h, by_input, shares = trace_back(module, torch.as_tensor(inputs), above, state)
    if not batched:
        by_h, by_input = by_h[:, 0], by_input[:, 0]
    layer = LayerGradients({"hidden_state": by_h.numpy()})
    own = (by_input.transpose(0, 1) if turned else by_input).numpy()
    return GradientTrace(module.cell, value, ((layer,),), own, shares)


def differentiate(loss: Loss, trace: Trace, device: torch.device = CPU) -> Above:
    """L, and ∂L/∂output as torch finds it, in float64 on the CPU.

    Args:
        loss: of the output of the call that was recorded.
        trace: of that call.
        device: where the loss expects it.

    Raises:
        KiokuError: what is no finite scalar tensor depending on the output.
    """
    if not callable(loss):
        raise KiokuError("loss_not_callable", given=type(loss).__name__)
    with torch.inference_mode(False):  # gradients on, whatever the caller has set
        leaf = torch.tensor(trace.output, device=device).requires_grad_()
        # not the leaf itself: a loss may write into its argument, as into any output
        found = check_loss(loss(leaf * 1))
        by_output = None
        if found.requires_grad:
            (by_output,) = torch.autograd.grad(found, leaf, allow_unused=True)
        if by_output is None:
            raise KiokuError("loss_without_output")
    return Above(float(found.item()), by_output.double().cpu())


def check_loss(found: object) -> Tensor:
    """What a loss gave, if it is a finite scalar.

    Raises:
        KiokuError: it is not.
    """
    if not isinstance(found, Tensor):
        raise KiokuError("loss_not_tensor", given=type(found).__name__)
    if found.ndim > 0 or found.is_complex():
        raise KiokuError("loss_not_scalar", dtype=str(found.dtype), shape=str(tuple(found.shape)))
    if not bool(found.isfinite()):
        raise KiokuError("loss_not_finite", given=found.item())
    return found


def _bptt(local: LocalDerivatives, above: Tensor) -> dict[str, Tensor]:
    """Backpropagation through time in an RNN or GRU, from ∂L/∂h_t of what stands above (T, B, H)."""
    by_h, by_a = torch.empty_like(above), torch.empty_like(local.by_state)
    later = torch.zeros_like(above[0])  # what comes back from the step after, (B, H)
    w_hh, flat, back, kept = local.weights.hh, by_a.flatten(2), later.numpy(), np.zeros_like(later.numpy())
    for above_t, slope, carry, h, a, a_t in _last_first(above, local.by_state, local.carry, by_h, by_a, rows=flat):
        np.add(above_t, back, h)
        np.multiply(slope, h[:, None], a)  # (B, G, H)
        # ∂L/∂h_{t−1} = W_hhᵀ ∂L/∂a^h_t + z_t ⊙ ∂L/∂h_t
        torch.mm(a_t, w_hh, out=later)
        np.add(back, np.multiply(carry, h, kept), back)
    by_input = local.by_input * by_h[:, :, None]  # (T, B, G, H)
    return {"hidden_state": by_h, "by_input": by_input.flatten(2), "by_state": flat}


def _bptt_lstm(local: LocalDerivatives, above: Tensor, last: Tensor | None = None) -> dict[str, Tensor]:
    """Backpropagation through time in an LSTM, from ∂L/∂h_t of what stands above (T, B, P), and ∂L/∂c_n (B, H)."""
    assert local.by_cell is not None
    by_h, by_c, by_a = torch.empty_like(above), torch.empty_like(local.carry), torch.empty_like(local.by_state)
    w_hh, w_hr, flat = local.weights.hh, local.weights.projection, by_a.flatten(2)
    later, later_c = torch.zeros_like(above[0]), np.zeros_like(by_c[0].numpy())  # from the step after
    if last is not None:
        later_c += last.numpy()
    back = later.numpy()
    for above_t, by_cell, slope, carry, h, c, a, a_t in _last_first(
        above, local.by_cell, local.by_state, local.carry, by_h, by_c, by_a, rows=flat
    ):
        m = np.add(above_t, back, h)
        if w_hr is not None:
            m = torch.mm(torch.from_numpy(h), w_hr).numpy()  # (B, H)
        # ∂L/∂c_t = ∂m_t/∂c_t ⊙ ∂L/∂m_t + f_{t+1} ⊙ ∂L/∂c_{t+1}
        np.add(np.multiply(by_cell, m, c), later_c, c)
        np.multiply(slope, c[:, None], a)  # i, f and g act on c
        np.multiply(slope[:, 3], m, a[:, 3])  # o acts on m
        torch.mm(a_t, w_hh, out=later)
        np.multiply(carry, c, later_c)
    return {"hidden_state": by_h, "cell_state": by_c, "by_input": flat, "by_state": flat}


def _last_first(*steps: Tensor, rows: Tensor) -> Iterator[tuple[Any, ...]]:
    """Step by step from the last one: numpy's view of each, since on rows this small its calls cost half of torch's."""
    return zip(*(reversed(list(values.numpy())) for values in steps), reversed(rows.unbind()), strict=True)


_BPTT: dict[str, Callable[..., dict[str, Tensor]]] = {
    "rnn": _bptt,
    "gru": _bptt,
    "lstm": _bptt_lstm,
}


def _by_position(back: dict[str, Tensor], direction: int) -> dict[str, Tensor]:
    """By the position in the input, from the order of reading."""
    return back if direction == 0 else {key: values.flip(0) for key, values in back.items()}


def _factors(local: LocalDerivatives, back: dict[str, Tensor], layer: int, direction: int) -> dict[str, Factors]:
    """Of each parameter what its steps' shares are made of."""

    def by_position(values: Tensor) -> Float64:
        return (values if direction == 0 else values.flip(0)).numpy()

    by_input, by_state = back["by_input"].numpy(), back["by_state"].numpy()
    # ∂L/∂W_ih = Σ_t ∂L/∂a^x_t ⊗ x_t, ∂L/∂W_hh = Σ_t ∂L/∂a^h_t ⊗ h_{t−1}, ∂L/∂W_hr = Σ_t ∂L/∂h_t ⊗ m_t
    found: dict[str, Factors] = {
        "weight_ih": (by_input, by_position(local.x)),
        "weight_hh": (by_state, by_position(local.before)),
    }
    if local.weights.bias_ih is not None:
        found |= {"bias_ih": (by_input, None), "bias_hh": (by_state, None)}
    if local.weights.projection is not None and local.unprojected is not None:
        found["weight_hr"] = (back["hidden_state"].numpy(), by_position(local.unprojected))
    suffix = f"_l{layer}{'_reverse' if direction else ''}"
    return {name + suffix: factors for name, factors in found.items()}
