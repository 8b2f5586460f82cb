"""A gradient's way back from the loss to the first word, as one drawing: guess its end, and see what each step does.

The guess is drawn in it, and the answer runs over it. Sizes are powers of ten, 1 at the loss.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from pages._ui.components import packing
from pages._ui.components.assets import component
from pages._ui.components.place import Bounds, Spot, heard, placed, reported
from pages._ui.memo import memoized
from rnn_core.figures import called
from rnn_core.gradients.way_back import clip_factor, fold
from rnn_core.messages import template

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pages._ui.components.packing import JSON
    from rnn_core.gradients.decay import Verdict
    from rnn_core.models.sentence_spec import SentenceWay
    from rnn_core.quantities import Cell

LABELS = (
    *("title", "words", "factor", "size", "at_loss", "float", "ask", "how", "guess", "ring", "ring_value", "former"),
    *("road", "loss_reply", "loss_word", "loss_unit", "gradient", "clipped", "unclipped", "norm", "threshold"),
    *("lens_title", "lens_before", "lens_none", "lens_step", "stretch", "aim", "lens_said", "lens_even", "lens_gate"),
    *("lens_rest", "cells", "apart"),
    *("say_before", "say_first", "say_now", "say_end", "say_gone", "say_guessed", "say_guessed_gone", "say_one_word"),
    *("say_no_gradient", "say_clipped", "back", "next", "scrub"),
)
MOST, FIRST = 32, 24  # directions of a step that are drawn each; of more the first ones, and the others together

_render = component("gradient_trails", "trails")


@dataclass(frozen=True)
class Loss:
    """What is differentiated: −log p of an output, the reply or the next word, or a unit of h (from 1)."""

    kind: Literal["reply", "word", "unit"]
    output: str | None = None
    unit: int | None = None


@dataclass(frozen=True)
class Axis:
    """The axis of sizes, as exponents of 10: its ends, a line `every` so many, and what a ring moves by."""

    top: int
    low: int
    every: int
    unit: float


@dataclass(frozen=True)
class Said:
    """The guess: whose, "" where it is asked, "skip", or exponents joined by "_"; and how near it is, once made."""

    cell: Cell
    curve: str = ""
    verdict: Verdict | None = None


def gradient_trails(
    lang: str,
    words: Sequence[str],
    glosses: Sequence[str],
    ways: Mapping[Cell, SentenceWay],
    *,
    loss: Loss,
    axis: Axis,
    rings: Sequence[int],
    said: Said,
    threshold: float | None = None,
    former: SentenceWay | None = None,
    step: int | None = None,
    key: str = "gradient_trails",
    on_change: Callable[[int, str, str], None],
) -> None:
    """Draw the way back.

    Args:
        lang: "ja" or "en"; readers of English get glosses.
        words, glosses: up to the one at which the loss reads the state.
        ways: cell → its way back.
        loss: what is differentiated.
        axis: of the sizes.
        rings: the words (0-based) at which the guess has a ring.
        said: the guess.
        threshold: what the common norm of all gradients is clipped to, None for no clipping.
        former: another setting of one of the cells, to compare with.
        step: the word at which the drawing opens once the guess is made, from 1; None for the first one.
        key: the widget's key.
        on_change: called with the word on which the reader rests, the cell that they look at, and the guess.
    """
    of, bounds = identity(words, ways), Bounds(len(words), quantities=tuple(ways))
    opens = len(words) if not said.curve else step or 1

    def moved() -> None:
        spot, curve = reported(key, of, bounds), heard(key, "spot", of).get("curve")
        if spot is not None and spot.quantity is not None and isinstance(curve, str):
            on_change(spot.step, spot.quantity, curve)

    theirs = {"answer": {"cell": said.cell, "curve": said.curve, "verdict": said.verdict}}
    drawn = memoized(drawing, lang, tuple(words), tuple(glosses), ways, loss, axis, tuple(rings), threshold, former)
    _render(
        key=key,
        data=drawn | theirs | placed(key, of, Spot(min(opens, len(words)), quantity=said.cell), bounds),
        default={"spot": None},
        on_spot_change=moved,
    )


def identity(words: Sequence[str], ways: Mapping[Cell, SentenceWay]) -> str:
    """What the reader's place belongs to: other words, or other networks, are another place."""
    return packing.digest(*words, *(way.spec.canonical for way in ways.values()))


def drawing(
    lang: str,
    words: tuple[str, ...],
    glosses: tuple[str, ...],
    ways: Mapping[Cell, SentenceWay],
    loss: Loss,
    axis: Axis,
    rings: tuple[int, ...],
    threshold: float | None,
    former: SentenceWay | None,
) -> dict[str, JSON]:
    """What the script draws, apart from what the reader does in it."""
    shown = glosses if lang == "en" else ("",) * len(words)
    left = None if former is None else packing.packed(former.way.decades)
    return {
        "words": [{"text": word, "gloss": gloss} for word, gloss in zip(words, shown, strict=True)],
        "loss": vars(loss),
        "axis": vars(axis),
        "rings": list(rings),
        "theta": threshold,
        "names": {cell: called(cell, lang) for cell in ways},
        "former": None if former is None else {"cell": former.spec.model.cell, "left": left},
        "runs": {cell: _run(way, threshold) for cell, way in ways.items()},
        "text": packing.labels(lang, {name: f"gradient_trails.{name}" for name in LABELS} | packing.VERDICTS)
        | {"again": template("predict.again", lang)},
    }


def _run(found: SentenceWay, threshold: float | None) -> dict[str, JSON]:
    """One cell's way back."""
    units = found.way.stretch.shape[1]
    stretch, aim = fold(found.way, MOST if units <= MOST else FIRST)
    there = np.where(np.isnan(aim), 0.0, aim)
    return {
        "left": packing.packed(found.way.decades),
        "units": units,
        "columns": stretch.shape[1],
        "sigma": packing.packed(np.minimum(stretch, np.finfo(np.float16).max), "<f2"),
        "aim": packing.packed(np.round(255 * there), "u1"),
        "norm": found.total,
        "total": found.decades(found.total),
        "threshold": None if threshold is None else found.decades(threshold),
        "cut": float(np.log10(clip_factor(found.total, threshold))),
        "road": None if found.road is None else packing.packed(found.road),
        "gate": None if found.gate is None else packing.packed(found.gate),
    }
