"""Decoding as one drawing: the source is read, the decoder looks at it at each step, and a word is written."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from pages._ui.components import packing
from pages._ui.components.assets import component
from pages._ui.components.place import Bounds, Spot, placed, reported, telling
from pages._ui.memo import memoized
from rnn_core.quantities import QUANTITIES, colour_limit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from pages._ui.components.packing import JSON
    from pages._ui.components.place import Axis
    from rnn_core.models.model_trace import Guess, ModelTrace

    Array = NDArray[np.floating]

GUESSES = 5
LABELS = ("title", "source", "looks", "neck", "following", "now", "plain", "unknown", "step", "back", "next")

_render = component("decoding", "decoding")


def decoding(
    lang: str,
    trace: ModelTrace,
    states: Array,
    weights: Array | None,
    context: Array | None,
    *,
    step: int | None = None,
    follow: Mapping[str, Axis] = MappingProxyType({}),
    key: str = "decoding",
    on_step_change: Callable[[int], None] | None = None,
) -> int | None:
    """Draw how the translating model of `trace` wrote what it wrote.

    Args:
        lang: "ja" or "en"; readers of English get a gloss under each source word that has one.
        trace: what the model computed, its source with it.
        states: the encoder's states, (S, M).
        weights: where it looked, (T, S); None for a model that does not look back.
        context: what it mixed, (T, D); None likewise.
        step: the written word at which the drawing opens, 1-based; None for the last one. While the translation stays,
            the reader's own place is kept unless this changes.
        follow: the charts of the page whose mark of the step moves along, by their keys without `chart_`, and the axis
            along which it moves.
        key: the widget's key.
        on_step_change: called with the step on which the reader rests, before the page runs again.

    Returns:
        The step, 1-based, on which the reader rests, or None where they have not moved yet.
    """
    of, bounds = identity(trace), Bounds(len(trace))
    wanted = Spot(len(trace) if step is None else min(max(step, 1), len(trace)))

    def read() -> int | None:
        spot = reported(key, of, bounds)
        return spot.step if spot else None

    drawn = dict(memoized(drawing, lang, trace, states, weights, context))
    drawn["follow"] = [{"key": chart, "across": axis} for chart, axis in follow.items()]
    _render(
        key=key,
        data=drawn | placed(key, of, wanted, bounds),
        default={"spot": None},
        on_spot_change=telling(on_step_change, read),
    )
    return read()


def identity(trace: ModelTrace) -> str:
    """What the reader's place belongs to: another source, model or translation is another place."""
    read = [] if trace.source is None else [token.text for token in trace.source.tokens]
    return packing.digest(trace.spec.canonical, read, list(trace.chosen))


def drawing(
    lang: str, trace: ModelTrace, states: Array, weights: Array | None, context: Array | None
) -> dict[str, JSON]:
    """What the script draws, apart from the reader's place."""
    cell = trace.layers.cell
    memory = QUANTITIES.state(cell)
    limit = colour_limit(states, *([] if context is None else [context]))
    row = packing.row(lang, memory, cell, (-limit, limit), states)
    source = trace.source.tokens if trace.source else ()
    return {
        "cell": cell,
        "source": packing.words(lang, source),
        "target": [{"text": guess.text, "p": guess.probability} for guess in trace.written],
        "units": states.shape[1],
        "states": packing.packed(states),
        "attention": None if weights is None else packing.packed(weights),
        "mixed": 0 if context is None else context.shape[1],
        "context": None if context is None else packing.packed(context),
        "row": row,
        "next": [_guesses(trace.top(step, GUESSES)) for step in range(len(trace))],
        "text": packing.labels(lang, {name: f"decoding.{name}" for name in LABELS}),
    }


def _guesses(guesses: Sequence[Guess]) -> list[JSON]:
    return [{"text": guess.text, "p": guess.probability} for guess in guesses]
