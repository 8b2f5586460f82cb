"""What a text feels like, token by token, as one drawing: say from which token on the answer stays, and see it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float

from pages._ui.components import packing
from pages._ui.components.assets import component
from pages._ui.components.place import Bounds, Spot, heard_answer, placed, resting, telling
from pages._ui.memo import memoized
from rnn_core.figures.feeling_kinds import COLOURS, kind_name
from rnn_core.figures.networks import called
from rnn_core.messages import template
from rnn_core.quantities import QUANTITIES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pages._ui.components.packing import JSON
    from rnn_core.models.feeling_reading import FeelingReading

LABELS = (*("title", "ask", "choose", "skip", "so_far", "probability", "state", "left_out", "left_out_value", "plane"),)
ELSEWHERE = {
    "again": "predict.again",
    "word": "figures.word",
    "word_gloss": "figures.word_gloss",
    **packing.VERDICTS,
}

_render = component("feeling", "feeling")


def feeling(
    lang: str,
    reading: FeelingReading,
    path: Float[np.ndarray, "T 2"],
    cloud: Sequence[Sequence[float]],
    slow: Sequence[Sequence[float]],
    axes: tuple[str, str],
    why: str,
    *,
    answer: int | str | None,
    step: int | None = None,
    key: str = "feeling",
    on_step_change: Callable[[int], None],
    on_answer_change: Callable[[int | str | None], None],
) -> None:
    """Draw a text and its feelings.

    Args:
        lang: "ja" or "en"; readers of English get a gloss under each word that has one.
        reading: what the network makes of the text.
        path: its states in the plane.
        cloud, slow: final states of other texts and slow points, each [x, y, number of a feeling].
        axes: what the two directions of the plane are called.
        why: a finished sentence: what the network says where.
        answer: the token, 1-based, that the reader said; "skip" for the answer without a guess; None while it is asked.
        step: the token at which the drawing opens, 1-based; None for the last one.
        key: the widget's key.
        on_step_change: called with the step on which the reader rests, before the page runs again.
        on_answer_change: called with the guess, "skip", or None where the reader wants to guess again.
    """
    of, bounds = packing.identity(reading.trace), Bounds(len(reading.trace))
    wanted = Spot(len(reading.trace) if step is None else min(max(step, 1), len(reading.trace)))

    def answered() -> None:
        said = heard_answer(key, of)
        if said in (None, "skip") or (isinstance(said, int) and 1 <= said <= len(reading.trace)):
            on_answer_change(said)

    drawn = memoized(drawing, lang, reading, path, tuple(map(tuple, cloud)), tuple(map(tuple, slow)), axes, why)
    _render(
        key=key,
        data=drawn | placed(key, of, wanted, bounds) | {"answer": answer},
        default={"spot": None, "answer": None},
        on_spot_change=telling(on_step_change, partial(resting, key, of, bounds)),
        on_answer_change=answered,
    )


def drawing(
    lang: str,
    reading: FeelingReading,
    path: Float[np.ndarray, "T 2"],
    cloud: tuple[tuple[float, ...], ...],
    slow: tuple[tuple[float, ...], ...],
    axes: tuple[str, str],
    why: str,
) -> dict[str, JSON]:
    """What the script draws, apart from what the reader does in it."""
    trace = reading.trace
    row, states = QUANTITIES.state("rnn"), trace.layers.output
    return {
        "words": packing.words(lang, trace.tokens),
        "cell": trace.layers.cell,
        "name": called(trace.layers.cell, lang),
        "kinds": [{"name": kind_name(kind, lang), "colour": COLOURS[kind]} for kind in trace.outputs],
        "shares": packing.packed(trace.probabilities),
        "states": packing.packed(states),
        "limit": row.limits({row.key: states})[1],
        "path": packing.packed(path),
        "cloud": packing.packed(np.array(cloud)),
        "slow": packing.packed(np.array(slow)),
        "answers": list(reading.answers),
        "settled": reading.settled + 1,
        "drops": reading.drops.tolist(),
        "axes": list(axes),
        "why": why,
        "text": packing.labels(lang, {name: f"feeling.{name}" for name in LABELS})
        | {name: template(message, lang) for name, message in ELSEWHERE.items()},
    }
