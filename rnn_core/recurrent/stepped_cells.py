"""A cell that a model steps itself (`nn.LSTMCell` in a loop) as the layer that it is: each call is one step of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeAlias

from torch import Tensor, nn

LAYERS: dict[type[nn.RNNCellBase], type[nn.RNNBase]] = {nn.RNNCell: nn.RNN, nn.LSTMCell: nn.LSTM, nn.GRUCell: nn.GRU}


class Call(NamedTuple):
    """One call of a recurrent module inside a model.

    Attributes:
        inputs, state: what it was given.
        out: what it gave: its output, and the state in which it ended.
    """

    inputs: Any
    state: Any
    out: tuple[Any, Any]


Looked: TypeAlias = Callable[[nn.RNNBase, Call], Any]


def is_cell(module: nn.Module) -> bool:
    """Whether it is one of torch's cells itself: what a subclass computes, no layer says."""
    return type(module) in LAYERS


def layer_of(cell: nn.RNNCellBase) -> nn.RNNBase:
    """The layer of one step that computes what this cell does; its weights are the same memory.

    Example:
        >>> layer_of(nn.GRUCell(3, 4))
        GRU(3, 4)
    """
    told: dict[str, Any] = {"nonlinearity": cell.nonlinearity} if isinstance(cell, nn.RNNCell) else {}
    layer = LAYERS[type(cell)](cell.input_size, cell.hidden_size, bias=cell.bias, device="meta", **told)  # type: ignore[arg-type]  # not the base's
    weights = {f"{name}_l0": weight.detach() for name, weight in cell.named_parameters()}
    layer.load_state_dict(weights, assign=True)
    return layer.eval()


def stepped(layer: nn.RNNBase, inputs: Tensor, state: Any, out: Any, looked: Looked) -> Any:
    """Show a cell's call as one of its layer, and give back what is made of it as the cell gives it.

    Args:
        layer: what `layer_of` gave.
        inputs, state: what the cell was given: (B, D) or (D,), and h or (h, c), or None.
        out: what it gave: h or (h, c).
        looked: gets the layer and the call, each with a step in front, and gives (output, last state) back.
    """
    h = out[0] if isinstance(out, tuple) else out
    # h goes on as the output alone: neither it nor the last state may be a way to the other
    output, ended = looked(layer, Call(inputs[None], _with_step(state), (h[None], _with_step(out))))
    return (output[0], ended[1][0]) if isinstance(out, tuple) else output[0]


def _with_step(state: Any) -> Any:
    if isinstance(state, tuple):
        return tuple(part[None] for part in state)
    return state if state is None else state[None]
