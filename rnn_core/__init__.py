"""Kioku's library: look inside recurrent networks, exactly.

    import rnn_core as rc
    trace = rc.record(module, inputs)

Importing it loads no torch: what needs torch is imported when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rnn_core import plot
    from rnn_core.errors import KiokuError
    from rnn_core.gradients.backpropagation import backpropagate
    from rnn_core.gradients.gradient_trace import GradientTrace
    from rnn_core.gradients.influence import influence
    from rnn_core.gradients.jacobians import lyapunov_exponents, step_jacobians
    from rnn_core.gradients.model_gradients import backpropagate_model
    from rnn_core.gradients.newton import NewtonRun, deer
    from rnn_core.gradients.recurrent_matrix import eigenvalues, scale_recurrent, spectral_radius
    from rnn_core.models.model_trace import ModelTrace
    from rnn_core.models.registry import run
    from rnn_core.quantities import QUANTITIES, Quantity
    from rnn_core.recurrent.checkpoint import Checkpoint, load_checkpoint
    from rnn_core.recurrent.clamps import Clamp
    from rnn_core.recurrent.exports import load_trace
    from rnn_core.recurrent.minimal import MinGRU, MinLSTM
    from rnn_core.recurrent.patching import patch_sweep
    from rnn_core.recurrent.recording import record
    from rnn_core.recurrent.scans import scan
    from rnn_core.recurrent.trace import LayerTrace, Trace
    from rnn_core.recurrent.whole_models import record_model
    from rnn_core.specs import ModelSpec, TranslatorSpec
    from rnn_core.translation.attribution import explain
    from rnn_core.translation.beam import beam_search
    from rnn_core.translation.decoding import translate
    from rnn_core.translation.interventions import AttentionOverride

__version__ = "0.2.0"

_HOMES = {
    "QUANTITIES": "rnn_core.quantities",
    "AttentionOverride": "rnn_core.translation.interventions",
    "Checkpoint": "rnn_core.recurrent.checkpoint",
    "Clamp": "rnn_core.recurrent.clamps",
    "GradientTrace": "rnn_core.gradients.gradient_trace",
    "KiokuError": "rnn_core.errors",
    "LayerTrace": "rnn_core.recurrent.trace",
    "MinGRU": "rnn_core.recurrent.minimal",
    "MinLSTM": "rnn_core.recurrent.minimal",
    "ModelSpec": "rnn_core.specs",
    "ModelTrace": "rnn_core.models.model_trace",
    "NewtonRun": "rnn_core.gradients.newton",
    "Quantity": "rnn_core.quantities",
    "Trace": "rnn_core.recurrent.trace",
    "TranslatorSpec": "rnn_core.specs",
    "backpropagate": "rnn_core.gradients.backpropagation",
    "backpropagate_model": "rnn_core.gradients.model_gradients",
    "beam_search": "rnn_core.translation.beam",
    "deer": "rnn_core.gradients.newton",
    "eigenvalues": "rnn_core.gradients.recurrent_matrix",
    "explain": "rnn_core.translation.attribution",
    "influence": "rnn_core.gradients.influence",
    "load_checkpoint": "rnn_core.recurrent.checkpoint",
    "load_trace": "rnn_core.recurrent.exports",
    "lyapunov_exponents": "rnn_core.gradients.jacobians",
    "patch_sweep": "rnn_core.recurrent.patching",
    "record": "rnn_core.recurrent.recording",
    "record_model": "rnn_core.recurrent.whole_models",
    "run": "rnn_core.models.registry",
    "scale_recurrent": "rnn_core.gradients.recurrent_matrix",
    "scan": "rnn_core.recurrent.scans",
    "spectral_radius": "rnn_core.gradients.recurrent_matrix",
    "step_jacobians": "rnn_core.gradients.jacobians",
    "translate": "rnn_core.translation.decoding",
}

_ROOMS = ("plot",)

__all__ = [
    "QUANTITIES",
    "AttentionOverride",
    "Checkpoint",
    "Clamp",
    "GradientTrace",
    "KiokuError",
    "LayerTrace",
    "MinGRU",
    "MinLSTM",
    "ModelSpec",
    "ModelTrace",
    "NewtonRun",
    "Quantity",
    "Trace",
    "TranslatorSpec",
    "backpropagate",
    "backpropagate_model",
    "beam_search",
    "deer",
    "eigenvalues",
    "explain",
    "influence",
    "load_checkpoint",
    "load_trace",
    "lyapunov_exponents",
    "patch_sweep",
    "plot",
    "record",
    "record_model",
    "run",
    "scale_recurrent",
    "scan",
    "spectral_radius",
    "step_jacobians",
    "translate",
]


def __getattr__(name: str) -> object:
    if name in _ROOMS:
        return import_module(f"{__name__}.{name}")
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(_HOMES[name]), name)  # the next time it is there at once
    return found


def __dir__() -> list[str]:
    return __all__
