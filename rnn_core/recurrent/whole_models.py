"""`record_model`: every recurrent layer inside a model, recorded with the inputs that it really gets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import PackedSequence, pack_padded_sequence

from rnn_core.errors import KiokuError
from rnn_core.recurrent.clamps import Clamp
from rnn_core.recurrent.recording import record
from rnn_core.recurrent.trace import LayerTrace, Trace, places

Clamps: TypeAlias = Mapping[str, Sequence[Clamp]]
MOST_CALLS = 10_000


def record_model(model: nn.Module, *inputs: Any, clamps: Clamps | None = None, **named: Any) -> dict[str, Trace]:
    """Run a model and record each `nn.RNN`, `nn.LSTM` and `nn.GRU` in it.

    Exact, because each is recorded with the inputs and the state that the model's own forward pass gives it. One that
    is called several times in a row, each time from the state in which it ended (a decoder that writes word by word),
    gives one trace of all its steps; other calls of the same module are traces of their own, `name[1]`, `name[2]`, ….
    The model runs without gradients and in evaluation mode, and is left as it was.

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
    found = {name: child for name, child in model.named_modules() if isinstance(child, nn.RNNBase)}
    if not found:
        raise KiokuError("model_without", given=type(model).__name__)
    if missing := sorted(set(clamps or {}) - set(found)):
        raise KiokuError("model_clamps", given=missing[0], known=", ".join(map(repr, found)))
    watch = _Watch(clamps or {})
    hooks = [child.register_forward_hook(watch.seen(name), with_kwargs=True) for name, child in found.items()]
    training = {child: child.training for child in model.modules()}
    try:
        model.eval()
        with torch.no_grad():
            model(*inputs, **named)
    finally:
        for hook in hooks:
            hook.remove()
        for child, was in training.items():
            child.training = was
    if not watch.calls:
        raise KiokuError("model_not_called", known=", ".join(map(repr, found)))
    return {
        f"{name}[{number}]" if number else name: run.trace()
        for name, runs in watch.calls.items()
        for number, run in enumerate(runs)
    }


@dataclass(eq=False)
class _Run:
    """Calls of one module that go on from each other."""

    batch_first: bool
    traces: list[Trace]
    ended: tuple[Tensor, ...]

    def follows(self, state: tuple[Tensor, ...] | None) -> bool:
        """Whether a call that starts from this state goes on from here."""
        if state is None or self.traces[-1].lengths:
            return False
        return all(
            one.shape == other.shape and torch.equal(one, other) for one, other in zip(state, self.ended, strict=True)
        )

    def trace(self) -> Trace:
        """All steps as one trace."""
        if len(self.traces) == 1:
            return self.traces[0]
        first = self.traces[0]
        layers = [
            [
                LayerTrace(
                    one.cell, {key: np.concatenate([t.layers[n][d][key] for t in self.traces]) for key in one}, one
                )
                for d, one in enumerate(directions)
            ]
            for n, directions in enumerate(first.layers)
        ]
        axis = 1 if self.batch_first and first.output.ndim == 3 else 0
        output = np.concatenate([t.output for t in self.traces], axis=axis)
        return Trace(first.cell, places(layers), output, max(t.parity for t in self.traces), first.batch_first)


@dataclass(eq=False)
class _Watch:
    """What the modules were given, in the order in which they were called."""

    clamps: Clamps
    calls: dict[str, list[_Run]] = field(default_factory=dict)
    count: int = 0

    def seen(self, name: str) -> Callable[..., object]:
        """The hook of one module; with clamps it gives the model what follows from them."""

        def hook(module: nn.RNNBase, args: tuple[Any, ...], named: dict[str, Any], out: tuple[Any, Any]) -> object:
            self.count += 1
            if self.count > MOST_CALLS:
                raise KiokuError("model_calls", most=MOST_CALLS)
            given, state = _asked(*args, **named)
            clamps = self.clamps.get(name, ())
            if clamps and name in self.calls:
                raise KiokuError("model_clamps_twice", given=name)
            trace = record(module, given, state, clamps)
            result = _result(module, trace, given, out) if clamps else out
            last = result[1] if isinstance(result[1], tuple) else (result[1],)
            own = None if state is None else state if isinstance(state, tuple) else (state,)
            runs = self.calls.setdefault(name, [])
            if runs and not module.bidirectional and runs[-1].follows(own):
                runs[-1].traces.append(trace)
                runs[-1].ended = last
            else:
                runs.append(_Run(module.batch_first, [trace], last))
            return result

        return hook


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
