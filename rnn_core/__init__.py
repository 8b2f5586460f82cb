"""Kioku's library: look inside recurrent networks, exactly.

    import rnn_core as rc
    trace = rc.record(module, inputs)

Importing it loads no torch: what needs torch is imported when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rnn_core.errors import KiokuError
    from rnn_core.models.zoo import run
    from rnn_core.quantities import QUANTITIES, Quantity
    from rnn_core.recording import record
    from rnn_core.specs import ModelSpec
    from rnn_core.trace import Clamp, LayerTrace, Trace

_HOMES = {
    "QUANTITIES": "quantities",
    "Clamp": "trace",
    "KiokuError": "errors",
    "LayerTrace": "trace",
    "ModelSpec": "specs",
    "Quantity": "quantities",
    "Trace": "trace",
    "record": "recording",
    "run": "models.zoo",
}

__all__ = [
    "QUANTITIES",
    "Clamp",
    "KiokuError",
    "LayerTrace",
    "ModelSpec",
    "Quantity",
    "Trace",
    "record",
    "run",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
