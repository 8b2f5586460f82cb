"""`record_model`: every recurrent layer or cell inside a model, recorded with the inputs that it really gets."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, Generic, TypeAlias, TypeVar

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence, pack_padded_sequence

from rnn_core.errors import KiokuError
from rnn_core.recurrent.clamps import Clamp
from rnn_core.recurrent.inputs import refuse_closed
from rnn_core.recurrent.recording import record
from rnn_core.recurrent.stepped_cells import Call, is_cell, layer_of, stepped
from rnn_core.recurrent.trace import LayerTrace, Trace, places

Clamps: TypeAlias = Mapping[str, Sequence[Clamp]]
MOST_CALLS = 10_000


def record_model(model: nn.Module, *inputs: Any, clamps: Clamps | None = None, **named: Any) -> dict[str, Trace]:
    """Run a model and record each `nn.RNN`, `nn.LSTM` and `nn.GRU` in it, and each of their cells.

    Exact, because each is recorded with the inputs and the state that the model's own forward pass gives it. One that
    is called several times in a row, each time from the state in which it ended (a decoder that writes word by word, an
    `nn.LSTMCell` in a loop), gives one trace of all its steps; other calls of the same module are traces of their own,
    `name[1]`, `name[2]`, …. The model runs without gradients, in evaluation mode and in its own precision whatever
    `torch.autocast` is set to around it, and is left as it was.

    Args:
        model: any module that has recurrent ones inside; where it is one itself, its name is "".
        inputs, named: what its forward takes.
        clamps: by a module's name what is clamped in it; what the model computes after it follows. Such a module may be
            called only once.

    Returns:
        the traces by the names of `model.named_modules()`, in the order of the first call; of those that were called.

    Raises:
        KiokuError: no recurrent module in it, none that was called, clamps for one that is not there or that is called
            several times, or what `record` refuses. What the model's own forward raises comes through.

    Example:
        >>> model = nn.Sequential(nn.Embedding(9, 3), nn.GRU(3, 4, batch_first=True))
        >>> {name: len(trace) for name, trace in record_model(model, torch.tensor([[1, 2, 3]])).items()}
        {'1': 3}
    """
    runs: Runs[Trace] = Runs()

    def seen(name: str, module: nn.RNNBase, call: Call) -> object:
        chosen = (clamps or {}).get(name, ())
        if chosen and name in runs.by_name:
            raise KiokuError("model_clamps_twice", given=name)
        trace = within(name, lambda: record(module, call.inputs, call.state, chosen))
        result = _result(module, trace, call.inputs, call.out) if chosen else call.out
        runs.add(name, module, call._replace(out=result), trace, packed=bool(trace.lengths))
        return result

    with watched(model, seen) as found:
        if missing := sorted(set(clamps or {}) - set(found)):
            raise KiokuError("model_clamps", given=missing[0], known=", ".join(map(repr, found)))
        with torch.no_grad():
            model(*inputs, **named)
    return runs.named(found, _joined)


Item = TypeVar("Item")
Joined = TypeVar("Joined")
Seen: TypeAlias = "Callable[[str, nn.RNNBase, Call], object]"


@contextmanager
def watched(model: nn.Module, seen: Seen) -> Iterator[dict[str, nn.RNNBase]]:
    """The recurrent modules of a model by their names, in evaluation mode, each call of theirs shown to `seen`.

    A cell is the layer that computes the same, and a call of it one of a single step.

    Args:
        model: left as it was found.
        seen: gets the name, the module and the call; what it gives back is what the model goes on with.

    Raises:
        KiokuError: there is none, one whose steps cannot be seen, or the model calls them without end.
    """
    found = _recurrent(model)
    count = itertools.count(1)

    def hook(name: str, module: nn.Module, args: Any, named: Any, out: Any) -> object:
        if next(count) > MOST_CALLS:
            raise KiokuError("model_calls", most=MOST_CALLS)
        inputs, state = _asked(*args, **named)
        if module is not found[name]:  # a cell
            return stepped(found[name], inputs, state, out, partial(seen, name))
        return seen(name, module, Call(inputs, state, out))

    hooks = [model.get_submodule(name).register_forward_hook(partial(hook, name), with_kwargs=True) for name in found]
    was = {child: (child.training, child._compiled_call_impl) for child in model.modules()}
    try:
        model.eval()
        for child in was:
            child._compiled_call_impl = None  # what `child.compile()` made; a compiled step cannot be seen
        with torch.autocast("cpu", enabled=False):
            yield found
    finally:
        for one in hooks:
            one.remove()
        for child, (training, compiled) in was.items():
            child.training, child._compiled_call_impl = training, compiled


def _recurrent(model: nn.Module) -> dict[str, nn.RNNBase]:
    """The recurrent modules of a model by their names; a cell is the layer that computes the same.

    Raises:
        KiokuError: there is none, or one whose steps cannot be seen.
    """
    if not isinstance(model, nn.Module):
        raise KiokuError("model_none", given=type(model).__name__)
    found = {}
    for name, child in model.named_modules():
        within(name, partial(refuse_closed, child))
        if isinstance(child, nn.RNNBase):
            found[name] = child
        elif is_cell(child):
            assert isinstance(child, nn.RNNCellBase)
            found[name] = layer_of(child)
    if not found:
        raise KiokuError("model_without", given=type(model).__name__)
    return found


def within(name: str, record: Callable[[], Item]) -> Item:
    """What is recorded of one module of a model.

    Raises:
        KiokuError: what `record` refuses, and in which module.
    """
    try:
        return record()
    except KiokuError as error:
        if not name:
            raise
        raise KiokuError("model_child", given=name, why=error) from None


class Runs(Generic[Item]):
    """What was kept of each call, by names; calls that go on from each other stand together, with where they ended."""

    def __init__(self) -> None:
        self.by_name: dict[str, list[tuple[list[Item], tuple[Tensor, ...]]]] = {}

    def add(self, name: str, module: nn.RNNBase, call: Call, item: Item, *, packed: bool) -> None:
        """Keep what belongs to one call."""
        last, own = () if packed else _parts(call.out[1]), () if call.state is None else _parts(call.state)
        runs = self.by_name.setdefault(name, [])
        if runs and own and last and not module.bidirectional and _alike(own, runs[-1][1]):
            runs[-1] = ([*runs[-1][0], item], last)
        else:
            runs.append(([item], last))

    def named(self, known: Iterable[str], join: Callable[[Sequence[Item]], Joined]) -> dict[str, Joined]:
        """Each run as one, by the name of its module; later ones of the same with their number.

        Raises:
            KiokuError: none was called.
        """
        if not self.by_name:
            raise KiokuError("model_not_called", known=", ".join(map(repr, known)))
        return {
            f"{name}[{number}]" if number else name: join(items)
            for name, runs in self.by_name.items()
            for number, (items, _) in enumerate(runs)
        }


def _parts(state: Any) -> tuple[Tensor, ...]:
    return state if isinstance(state, tuple) else (state,)


def _alike(state: Sequence[Tensor], ended: Sequence[Tensor]) -> bool:
    pairs = zip(state, ended, strict=False)
    return len(state) == len(ended) and all(
        one.shape == other.shape and torch.equal(one, other) for one, other in pairs
    )


def _joined(traces: Sequence[Trace]) -> Trace:
    """All steps of calls that go on from each other as one trace."""
    first = traces[0]
    if len(traces) == 1:
        return first
    layers = [
        [
            LayerTrace(one.cell, {key: np.concatenate([t.layers[n][d][key] for t in traces]) for key in one}, one)
            for d, one in enumerate(directions)
        ]
        for n, directions in enumerate(first.layers)
    ]
    axis = 1 if first.batch_first and first.output.ndim == 3 else 0
    output = np.concatenate([t.output for t in traces], axis=axis)
    return Trace(first.cell, places(layers), output, max(t.parity for t in traces), first.batch_first)


def _asked(input: Any, hx: Any = None) -> tuple[Any, Any]:
    """What a recurrent module's forward was given, by torch's own names."""
    return input, hx


def _result(module: nn.RNNBase, trace: Trace, given: Any, out: tuple[Any, Any]) -> tuple[Any, Any]:
    """What a clamped module gives to the model, in the form in which torch gives it."""
    packed = isinstance(given, PackedSequence)
    like = out[0].data if packed else out[0]
    padded, ends = torch.tensor(trace.output).to(like), torch.tensor(trace.lengths)
    output = pack_padded_sequence(padded, ends, module.batch_first, False) if packed else padded
    if trace.cell != "lstm":
        return output, torch.tensor(trace.h_n).to(like)
    return output, (torch.tensor(trace.h_n).to(like), torch.tensor(trace.c_n).to(like))
