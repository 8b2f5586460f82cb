"""Newton's method on a whole sentence as one drawing: guess the rounds, and see which states are right after each."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from pages._ui.components import packing
from pages._ui.components.assets import component
from pages._ui.components.place import Bounds, Spot, heard, heard_answer, placed, resting, telling
from pages._ui.memo import memoized

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from pages._ui.components.packing import JSON
    from pages._ui.predict import Verdict
    from rnn_core.gradients.newton import NewtonRun
    from rnn_core.specs import ModelSpec
    from rnn_core.text.tokenizer import Token

LABELS = (
    *(
        "title",
        "ask",
        "how",
        "assume",
        "compute",
        "correct",
        "digits",
        "position",
        "repeated",
        "times",
        "loop",
        "ended",
        "value",
    ),
    *(
        "steps_axis",
        "rounds_axis",
        "step_of",
        "round_of",
        "say_loop",
        "say_now",
        "say_end",
        "say_never",
        "say_solved",
        "say_overflow",
    ),
    *("unit", "right_now", "largest", "peak", "exponent", "scale", "clip", "clip_none", "on", "off"),
    *("waits", "in_order", "by_newton", "gain", "no_gain", "loops", "step"),
)
SCALES = (0.0, 1.0, 2.0, 3.0, 6.0)
LEVELS, OFFSET = 12, 16  # of an error's byte: so many a power of ten, counted from 10⁻¹⁶

_render = component("newton_map", "newton")


@dataclass(frozen=True)
class Asked:
    """The guess: what can be said, what was, None while it is asked, and whether it is right, "" for no verdict."""

    options: Mapping[int, str]
    answer: int | str | None
    verdict: Verdict | None = None


def newton_map(
    lang: str,
    tokens: Sequence[Token],
    spec: ModelSpec,
    run: NewtonRun,
    *,
    scale: float,
    clip: bool,
    asked: Asked,
    rounds_seen: int | None,
    key: str = "newton_map",
    on_round_change: Callable[[int], None],
    on_answer_change: Callable[[int | str | None], None],
    on_settings_change: Callable[[float, bool], None],
) -> None:
    """Draw the rounds.

    Args:
        lang: "ja" or "en"; readers of English get a gloss under each word.
        tokens: the sentence once; the run may have it several times.
        spec: the network.
        run: what Newton's method found; what goes beyond as many rounds as words is not shown.
        scale: by what W_hh was multiplied.
        clip: whether states were clipped.
        asked: the guess.
        rounds_seen: the round at which the drawing opens once the guess is made; None for the last one.
        key: the widget's key.
        on_round_change: called with the round on which the reader rests.
        on_answer_change: called with the guess.
        on_settings_change: called with another scale, and whether to clip.
    """
    total, last = run.errors.shape[1], min(run.errors.shape[1], len(run.errors) - 1)
    of = packing.digest(spec.canonical, total, *(token.text for token in tokens))
    place, bounds = packing.digest(of, scale, clip), Bounds(last + 1)
    opens = 1 + (last if rounds_seen is None else min(rounds_seen, last))

    def answered() -> None:
        if (now := heard_answer(key, of)) != "":
            on_answer_change(now)

    def changed() -> None:
        said = heard(key, "settings", of)
        if said.get("scale") in SCALES and isinstance(said.get("clip"), bool):
            on_settings_change(float(str(said["scale"])), said["clip"] is True)

    theirs = {"of": of, "answer": asked.answer, "verdict": asked.verdict or "", "scale": scale, "clip": clip}
    drawn = memoized(drawing, lang, tuple(tokens), spec.cell, run, tuple(asked.options.items()))
    _render(
        key=key,
        data=drawn | placed(key, place, Spot(opens), bounds) | theirs,
        default={"spot": None, "answer": None, "settings": None},
        on_spot_change=telling(lambda step: on_round_change(step - 1), partial(resting, key, place, bounds)),
        on_answer_change=answered,
        on_settings_change=changed,
    )


def drawing(
    lang: str,
    tokens: tuple[Token, ...],
    cell: str,
    run: NewtonRun,
    options: tuple[tuple[int, str], ...],
) -> dict[str, JSON]:
    """What the script draws, apart from what the reader does in it."""
    total = run.errors.shape[1]
    errors = run.errors[: total + 1]
    largest = errors.max(axis=1)
    shared = {"skip": "controls.guess.skip", "again": "predict.again"} | packing.VERDICTS
    return {
        "cell": cell,
        "total": total,
        "words": packing.words(lang, tokens[:total]),
        "scan": math.ceil(math.log2(total)),
        "scales": list(SCALES),
        "relu": run.relu,
        "rounds": run.rounds if run.rounds is not None and run.rounds <= total else None,
        "exponent": exponent_said(run.exponent),
        "solved": run.solved(len(errors) - 1),
        "loops": finite(run.loops),
        "residual": finite(float(run.residuals[len(errors) - 1])),
        "peak": finite(float(largest.max())),
        "largest": [finite(float(size)) for size in largest],
        "errors": packing.packed(coded(errors), "u1"),
        "options": [{"value": value, "label": label} for value, label in options],
        "text": packing.labels(lang, {name: f"newton_map.{name}" for name in LABELS} | shared),
    }


def finite(size: float) -> float | None:
    """A number as JSON has it; None where it is none, or without end."""
    return size if math.isfinite(size) else None


def exponent_said(exponent: float) -> str:
    """λ with two decimals; without end where a step keeps nothing of the state, none where the states overflow.

    Example:
        >>> [exponent_said(one) for one in (-0.324, 0.5, -math.inf, math.nan)]
        ['−0.32', '0.50', '−∞', '–']
    """
    if math.isnan(exponent):
        return "–"
    size = "∞" if math.isinf(exponent) else f"{abs(exponent):.2f}"
    return f"−{size}" if exponent < 0 and size != "0.00" else size


def coded(errors: NDArray[np.float64]) -> NDArray[np.float64]:
    """Errors as bytes: twelve a power of ten from 10⁻¹⁶ on, 255 for all that is larger or no number.

    Example:
        >>> coded(np.array([0.0, 1e-12, 1.0, np.inf])).tolist()
        [0.0, 48.0, 192.0, 255.0]
    """
    with np.errstate(divide="ignore"):
        levels = np.floor(LEVELS * (np.log10(errors) + OFFSET) + 1e-9)
    found: NDArray[np.float64] = np.clip(np.nan_to_num(levels, nan=255.0, posinf=255.0, neginf=0.0), 0, 255)
    return found
