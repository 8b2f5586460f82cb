"""torch's own kernels on the weights of a module, and the proof that they are what the module itself computes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn

from rnn_core.errors import KiokuError

if TYPE_CHECKING:
    from rnn_core.recurrent.inputs import CheckedModule

SAME = 1e-4  # relative; another order of summation differs by far less


def exact_mode() -> AbstractContextManager[object]:
    """Without gradients, and in the module's own precision whatever `torch.autocast` is set to around it."""
    return _without_autocast() if torch.is_autocast_enabled("cpu") else torch.inference_mode()


@contextmanager
def _without_autocast() -> Iterator[None]:
    with torch.inference_mode(), torch.autocast("cpu", enabled=False):
        yield


def run_layer(checked: CheckedModule, x: Tensor, layer: int) -> Tensor:
    """One layer, both directions: (T, B, directions·P), bit for bit what the module computes without gradients."""
    both = checked.layers[layer]
    flat = [weight for w in both for weight in (w.ih, w.hh, w.bias_ih, w.bias_hh, w.projection) if weight is not None]
    rows = slice(layer * checked.directions, (layer + 1) * checked.directions)
    options = (flat, both[0].bias_ih is not None, 1, 0.0, False, checked.directions == 2, False)
    if checked.c0 is not None:
        return torch.lstm(x, (checked.h0[rows], checked.c0[rows]), *options)[0]
    if checked.cell == "gru":
        return torch.gru(x, checked.h0[rows], *options)[0]
    return (torch.rnn_relu if both[0].relu else torch.rnn_tanh)(x, checked.h0[rows], *options)[0]


def altered(module: nn.RNNBase) -> bool:
    """Whether something may stand before torch's own computation: a subclass, another forward, a forward pre-hook."""
    plain = type(module) in (nn.RNN, nn.LSTM, nn.GRU) and "forward" not in vars(module)
    return not plain or bool(module._forward_pre_hooks)


@contextmanager
def undisturbed(module: nn.RNNBase) -> Iterator[None]:
    """A module that something stands before, in evaluation mode with all that is in it; afterwards as it was found.

    There a parametrization would go on with each look at a weight, and a forward pre-hook sets the weights it makes.
    """
    modes, own, weights = [(one, one.training) for one in module.modules()], dict(vars(module)), [*module._flat_weights]
    module.eval()
    try:
        yield
    finally:
        for one, training in modes:
            one.training = training
        vars(module).update(own)
        module._flat_weights[:] = weights


def check_output(module: nn.RNNBase, checked: CheckedModule) -> None:
    """See that a module, `undisturbed`, computes what its weights and torch's kernels say.

    Hooks behind it are not called: they see what the module has computed, and may be what asks here.

    Raises:
        KiokuError: it computes something else.
    """
    x = checked.inputs
    for layer in range(len(checked.layers)):
        x = run_layer(checked, x, layer)
    state = tuple(part for part in (checked.h0, checked.c0) if part is not None)
    inputs = checked.inputs.transpose(0, 1) if checked.batch_first else checked.inputs
    try:
        given = (inputs, state if checked.c0 is not None else state[0])
        for number, hook in module._forward_pre_hooks.items():
            keywords: tuple[dict[str, object], ...] = ({},) if number in module._forward_pre_hooks_with_kwargs else ()
            given = hook(module, given, *keywords) or given
        own = module.forward(*given)[0]
    except Exception:
        own = None  # whatever a stranger's code raises: it is not what torch's own module does
    fused = x.transpose(0, 1) if checked.batch_first else x
    if not isinstance(own, Tensor) or own.shape != fused.shape or not torch.allclose(own, fused, SAME, SAME, True):
        raise KiokuError("altered_module", given=path_of(module))


def path_of(module: object) -> str:
    """The class of a module as Python imports it, such as `torch.nn.modules.rnn.LSTM`."""
    return f"{type(module).__module__}.{type(module).__qualname__}"
