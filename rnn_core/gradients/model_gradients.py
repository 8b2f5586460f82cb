"""`backpropagate_model`: the gradient of a model's own loss at every step of each recurrent layer inside it.

torch differentiates the loss down to what each call of such a layer gave, its output and the state in which it ended;
from there the chain rule runs back through the steps of the call, as in `backpropagate`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence, pad_packed_sequence

from rnn_core.errors import KiokuError
from rnn_core.gradients.backpropagation import Above, back_through, check_loss
from rnn_core.gradients.gradient_trace import GradientTrace
from rnn_core.gradients.joined_gradients import one_after_the_other
from rnn_core.recurrent.lengths import unpack
from rnn_core.recurrent.recording import record
from rnn_core.recurrent.stepped_cells import Call
from rnn_core.recurrent.whole_models import Runs, watched, within

if TYPE_CHECKING:
    from rnn_core.recurrent.trace import Trace


def backpropagate_model(
    model: nn.Module, *inputs: Any, loss: Callable[[Any], Tensor] | None = None, **named: Any
) -> dict[str, GradientTrace]:
    """The gradient of a model's loss at every step of each `nn.RNN`, `nn.LSTM`, `nn.GRU` or cell in it, by every path.

    What a layer's last state does elsewhere, as an encoder's in a decoder, counts as what its outputs do. Calls that go
    on from each other are one, as in `record_model`, and beyond the end of a packed sequence the gradient is 0. The
    model runs in evaluation mode and is left as it was, its `.grad` too; frozen weights are no obstacle.

    Args:
        model: any module that has recurrent ones inside; where it is one itself, its name is "".
        inputs, named: what its forward takes.
        loss: takes what the model gives and gives a finite tensor of shape (); None where the model gives it itself.

    Returns:
        the gradients by the names of `model.named_modules()`, in the order of the first call; all 0 where the loss does
        not depend on it.

    Raises:
        KiokuError: no recurrent module in it, none that was called, none on which the loss depends, a loss that is no
            finite scalar tensor, or what `record` refuses. What the model's own forward raises comes through.

    Example:
        >>> model = nn.Sequential(nn.Embedding(9, 3), nn.GRU(3, 4, batch_first=True))
        >>> grads = backpropagate_model(model, torch.tensor([[1, 2, 3]]), loss=lambda out: out[0][:, -1].sum())
        >>> grads["1"].norms("hidden_state").shape
        (3,)
    """
    if loss is not None and not callable(loss):
        raise KiokuError("loss_not_callable", given=type(loss).__name__)
    runs: Runs[_Seen] = Runs()

    def seen(name: str, module: nn.RNNBase, call: Call) -> object:
        one = within(name, lambda: _see(module, call))
        runs.add(name, module, call, one, packed=one.packed is not None)
        return _copied(call.out)  # what the model writes into it leaves what is differentiated

    with torch.inference_mode(False), torch.enable_grad():
        with watched(model, seen) as found:
            given = model(*inputs, **named)
        value = check_loss(given if loss is None else loss(given))
        calls = runs.named(found, list)
        return _back(value, calls)


class _Seen(NamedTuple):
    """One call.

    Attributes:
        module, inputs, state: as `back_through` takes them.
        trace: what was recorded of it.
        leaves: what it gave: its output (of a packed sequence its data), h_n and, of an LSTM, c_n.
        packed: its output, where it is packed.
    """

    module: nn.RNNBase
    inputs: Tensor
    state: Any
    trace: Trace
    leaves: tuple[Tensor, ...]
    packed: PackedSequence | None


def _see(module: nn.RNNBase, call: Call) -> _Seen:
    """What is needed of a call, as it is now: the model may write into it later."""
    given, state = _copied(call.inputs), _copied(call.state)
    trace = record(module, given, state)
    packed = call.out[0] if isinstance(call.out[0], PackedSequence) else None
    last = call.out[1] if isinstance(call.out[1], tuple) else (call.out[1],)
    leaves = (call.out[0] if packed is None else packed.data, *last)
    for leaf in leaves:
        if not leaf.requires_grad:  # every weight before it is frozen
            leaf.requires_grad_()
    padded = unpack(module, given)[0] if isinstance(given, PackedSequence) else given
    return _Seen(module, padded, state, trace, leaves, packed)


def _copied(one: Any) -> Any:
    """Tensors of the same numbers, through which gradients go."""
    if isinstance(one, PackedSequence):
        return one._replace(data=one.data.clone())
    return tuple(map(_copied, one)) if isinstance(one, tuple) else one if one is None else one.clone()


def _back(value: Tensor, calls: dict[str, list[_Seen]]) -> dict[str, GradientTrace]:
    """From the loss to the calls, and through their steps."""
    every = [one for run in calls.values() for one in run]
    leaves = [leaf for one in every for leaf in one.leaves]
    found = torch.autograd.grad(value, leaves, allow_unused=True) if value.requires_grad else [None]
    if all(one is None for one in found):
        raise KiokuError("loss_without_layers")
    by_leaf = iter(
        (torch.zeros_like(leaf) if by is None else by).detach() for leaf, by in zip(leaves, found, strict=True)
    )
    loss, grads = float(value.item()), {}
    for name, run in calls.items():
        steps = []
        for one in run:
            by_output, *by_last = (next(by_leaf) for _ in one.leaves)
            above = Above(loss, _padded(one, by_output).double().cpu(), tuple(last.double().cpu() for last in by_last))
            steps.append(back_through(one.module, one.inputs, one.state, one.trace, above))
        grads[name] = one_after_the_other(steps, batch_first=run[0].module.batch_first)
    return grads


def _padded(one: _Seen, by_output: Tensor) -> Tensor:
    """∂L/∂output in the module's own layout."""
    if one.packed is None:
        return by_output
    return pad_packed_sequence(one.packed._replace(data=by_output), one.module.batch_first)[0]
