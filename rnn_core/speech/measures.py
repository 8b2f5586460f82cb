"""What is right and wrong in what the detector says, and what becomes of it once its forget gate is clamped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from jaxtyping import Bool, Float

from rnn_core.recurrent.trace import LayerTrace

if TYPE_CHECKING:
    from rnn_core.speech.detector import Heard
    from rnn_core.speech.facts import Change

LEVEL, ALMOST = 0.1, 0.1  # so much more or less is about as many; so much is almost none


class Errors(NamedTuple):
    """Of the steps at which somebody speaks, those that are missed; of the others, those that are taken for speech."""

    missed: int
    alarms: int


@dataclass(frozen=True, eq=False)
class Listened:
    """A sound as the network hears it, and as it would with its forget gate clamped.

    Attributes:
        own: all that it computes.
        clamped: the probability of speech with the gate clamped, (T,); read-only.
        held: at what.
    """

    own: Heard
    clamped: Float[np.ndarray, " T"]
    held: float


def errors(speech: Float[np.ndarray, " T"], spoken: Bool[np.ndarray, " T"], threshold: float) -> Errors:
    """How often the decision "speech from the threshold on" is wrong.

    Example:
        >>> errors(np.array([0.9, 0.2, 0.7]), np.array([True, True, False]), 0.5)
        Errors(missed=1, alarms=1)
    """
    said = speech >= threshold
    return Errors(int((~said & spoken).sum()), int((said & ~spoken).sum()))


def hangover(speech: Float[np.ndarray, " T"], spoken: Bool[np.ndarray, " T"], threshold: float) -> int | None:
    """At how many steps in a row after the last one at which somebody speaks it still says speech; None without one.

    Example:
        >>> hangover(np.array([0.9, 0.8, 0.6, 0.1]), np.array([True, False, False, False]), 0.5)
        2
    """
    if not spoken.any():
        return None
    after = speech[int(np.flatnonzero(spoken)[-1]) + 1 :] < threshold
    return int(after.argmax()) if after.any() else len(after)


def counted(speech: Float[np.ndarray, " T"], threshold: float) -> int:
    """At how many steps it says speech."""
    return int((speech >= threshold).sum())


def change(found: Listened, threshold: float) -> Change | None:
    """How the clamp changes the number of steps at which it says speech; None where there is none without it."""
    before, after = counted(found.own.speech, threshold), counted(found.clamped, threshold)
    if not before:
        return None
    share = after / before
    if share < ALMOST:
        return "none"
    return "same" if abs(share - 1) <= LEVEL else "fewer" if share < 1 else "more"


def liveliest(layer: LayerTrace, speech: Float[np.ndarray, " T"], count: int) -> LayerTrace:
    """The units whose hidden states vary most, as a layer of their own: first those that rise with the probability.

    Args:
        layer: of one sound.
        speech: the probability of speech at each of its steps.
        count: how many units, where there are as many.
    """
    states = layer["hidden_state"].astype(np.float64)  # (T, H)
    most = np.argsort(-states.std(axis=0), kind="stable")[:count]
    along = (states[:, most] - states[:, most].mean(axis=0)).T @ (speech - speech.mean())  # (count,)
    units = most[np.argsort(-along, kind="stable")]
    return LayerTrace(layer.cell, {key: values[:, units].copy() for key, values in layer.items()})
