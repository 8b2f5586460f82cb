"""The settings of a training: as the address has them, as the library takes them, and what the drawing offers."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from pages._chapters.training import CHAPTER, RATES, SETTINGS
from pages._ui.address import controls_of, parse
from pages._ui.components.training_map import FOLDED, Settings
from pages._ui.contrasts import Contrast
from rnn_core.quantities import CELLS, MINIMAL
from rnn_core.training.lab import contrasts
from rnn_core.training.lab.limits import LENGTHS
from rnn_core.training.lab.spec import TrainSpec, missing_settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages._ui.address import State
    from pages._ui.chapter import Value

OWN, NONE = "own", "none"
KEYS: Mapping[str, str] = MappingProxyType(
    {
        **{key: key for key in SETTINGS if key not in ("both", "act", "limit", "fbias", "start", "scale")},
        **{"bidirectional": "both", "activation": "act", "clip": "limit", "forget_bias": "fbias"},
        **{"initialisation": "start", "weight_scale": "scale"},
    }
)
"""Where the address has each setting of a `TrainSpec`."""
LENGTHS_OFFERED = (5, 10, 15, 20, 30, 40, 50, 60, 80, 100, 150, 200)
OFFERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "task": tuple(LENGTHS),
        "cell": (*CELLS, *MINIMAL),
        "hidden": ("8", "16", "32", "64", "128"),
        "lr": RATES,
        "layers": ("1", "2", "3"),
        "bidirectional": ("no", "yes"),
        "activation": ("tanh", "relu"),
        "optimizer": ("adam", "sgd", "rmsprop"),
        "batch": ("16", "32", "64", "128"),
        "clip": (NONE, "0.1", "1.0", "10.0"),
        "forget_bias": (OWN, "-2.0", "0.0", "1.0", "3.0", "5.0"),
        "initialisation": (OWN, "orthogonal", "identity"),
        "weight_scale": ("0.5", "0.9", "1.0", "1.1", "1.5"),
        "steps": ("300", "600", "1200", "2000", "3000", "6000", "10000"),
        "seed": ("0", "1", "2", "3", "4", "5"),
    }
)
"""What the drawing's controls can be put to; the address takes whatever is within the limits."""


_AGAIN: State = {"run": "", "guess": None, "update": None}  # what was trained and guessed was of other settings
_SAID: Mapping[str, tuple[str, ...]] = {
    "cell": ("task", "length", "cell"),
    "bias": ("task", "fbias"),
    "relu": ("act", "limit", "steps"),
    "late": ("act", "limit", "seed"),
    "rate": ("length", "lr"),
}
"""What is said of a contrast by the first word of its name; all else goes without saying."""


def _contrast(name: str, spec: TrainSpec) -> Contrast:
    state, said = state_of(spec), _SAID[name.partition("_")[0]]
    return Contrast(
        name,
        {key: state[key] for key in said},
        silent={**{key: value for key, value in state.items() if key not in said}, **_AGAIN},
    )


def spec_of(state: State | Mapping[str, object]) -> TrainSpec:
    """The training that a state of the address describes.

    Raises:
        KiokuError: it is beyond the limits.
    """
    clip, bias, start = state["limit"], state["fbias"], state["start"]
    return TrainSpec(
        **{field: state[key] for field, key in KEYS.items() if field == key and field != "lr"},
        lr=float(str(state["lr"])),
        bidirectional=state["both"] == "yes",
        activation=state["act"],
        clip=None if clip == NONE else _real(clip),
        forget_bias=None if bias == OWN else _real(bias),
        initialisation="default" if start == OWN else start,
        weight_scale=_real(state["scale"]),
    )


def fitting(state: State) -> TrainSpec:
    """The same, with a length that the task has.

    Raises:
        KiokuError: something else is beyond the limits.
    """
    return spec_of({**state, **fitted(state)})


def _real(value: object) -> float:
    return float(str(value))


def state_of(spec: TrainSpec) -> State:
    """The same the other way round: how the address describes a training."""
    said: dict[str, Value] = {key: getattr(spec, field) for field, key in KEYS.items() if field == key}
    rate = f"{spec.lr:f}".rstrip("0").rstrip(".")
    return said | {
        "lr": rate,
        "both": "yes" if spec.bidirectional else "no",
        "act": spec.activation,
        "limit": NONE if spec.clip is None else spec.clip,
        "fbias": OWN if spec.forget_bias is None else spec.forget_bias,
        "start": OWN if spec.initialisation == "default" else spec.initialisation,
        "scale": spec.weight_scale,
    }


def drawn(state: State, spec: TrainSpec) -> Settings:
    """What the drawing has of the settings."""
    rows = controls_of(CHAPTER)
    length = LENGTHS[spec.task]
    lengths = {spec.length, *(one for one in LENGTHS_OFFERED if length.low <= one <= length.high)}
    offers = {**OFFERS, "length": tuple(str(one) for one in sorted(lengths))}
    return Settings(
        spec,
        tuple((field, str(state[key])) for field, key in KEYS.items()),
        tuple(offers.items()),
        tuple((field, str(rows[KEYS[field]].default)) for field in FOLDED),
        tuple(sorted(missing_settings(spec.cell, spec.task))),
    )


def changed(state: State | Mapping[str, object], given: Mapping[str, str]) -> State:
    """Which controls the reader has put to something else in the drawing; what can't be taken is left out.

    With another task, a length that it doesn't have becomes its usual one.
    """
    rows = {key: row for key, row in controls_of(CHAPTER).items() if key in SETTINGS}
    query = {KEYS[field]: [value] for field, value in given.items() if field in KEYS}
    parsed, notices = parse(query, rows)
    refused = {notice.key for notice in notices if notice.code != "rewritten"}
    taken = {key: parsed[key] for key in query if key not in refused}
    return {**taken, **fitted({**state, **taken})}


def fitted(state: Mapping[str, object]) -> State:
    """A length that the task doesn't have, put to its usual one; nothing where it has it."""
    limit = next(limit for name, limit in LENGTHS.items() if name == state["task"])
    length = state["length"]
    fits = isinstance(length, int) and limit.low <= length <= limit.high
    return {} if fits else {"length": int(limit.usual)}


CONTRASTS = tuple(_contrast(name, spec) for name, spec in contrasts.CONTRASTS.items())
"""Each a click away; none says how it ends."""
