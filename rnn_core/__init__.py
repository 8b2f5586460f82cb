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
    from rnn_core.gradient_trace import GradientTrace
    from rnn_core.gradients import backpropagate
    from rnn_core.influence_map import influence
    from rnn_core.jacobians import lyapunov_exponents, step_jacobians
    from rnn_core.models.attribution import explain
    from rnn_core.models.beam import beam
    from rnn_core.models.model_trace import ModelTrace
    from rnn_core.models.pins import Pin
    from rnn_core.models.translation import translate
    from rnn_core.models.zoo import run
    from rnn_core.quantities import QUANTITIES, Quantity
    from rnn_core.recording import record
    from rnn_core.specs import ModelSpec, TranslatorSpec
    from rnn_core.spectrum import eigenvalues, scale_recurrent, spectral_radius
    from rnn_core.trace import Clamp, LayerTrace, Trace

_HOMES = {
    "QUANTITIES": "quantities",
    "Clamp": "trace",
    "GradientTrace": "gradient_trace",
    "KiokuError": "errors",
    "LayerTrace": "trace",
    "ModelSpec": "specs",
    "ModelTrace": "models.model_trace",
    "Pin": "models.pins",
    "Quantity": "quantities",
    "Trace": "trace",
    "TranslatorSpec": "specs",
    "backpropagate": "gradients",
    "beam": "models.beam",
    "eigenvalues": "spectrum",
    "explain": "models.attribution",
    "influence": "influence_map",
    "lyapunov_exponents": "jacobians",
    "record": "recording",
    "run": "models.zoo",
    "scale_recurrent": "spectrum",
    "spectral_radius": "spectrum",
    "step_jacobians": "jacobians",
    "translate": "models.translation",
}

__all__ = [
    "QUANTITIES",
    "Clamp",
    "GradientTrace",
    "KiokuError",
    "LayerTrace",
    "ModelSpec",
    "ModelTrace",
    "Pin",
    "Quantity",
    "Trace",
    "TranslatorSpec",
    "backpropagate",
    "beam",
    "eigenvalues",
    "explain",
    "influence",
    "lyapunov_exponents",
    "record",
    "run",
    "scale_recurrent",
    "spectral_radius",
    "step_jacobians",
    "translate",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
