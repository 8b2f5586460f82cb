"""A text as a network writes it on: token by token, its gates and states underneath, and what each was drawn from."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from pages._ui.components import packing, tracks
from pages._ui.components.assets import component
from pages._ui.components.place import Bounds, Spot, placed, resting, telling
from pages._ui.memo import memoized
from rnn_core.tasks.written import START

if TYPE_CHECKING:
    from collections.abc import Callable

    from pages._ui.components.packing import JSON
    from rnn_core.models.writing import Written

Way: TypeAlias = Literal["draw", "beam"]
"""How the next token is found: by chance, or as what a beam holds."""

SHOWN = 8  # outputs of each distribution
LABELS = (
    *("title", "next", "before", "after", "left", "reading", "drawn", "drawn_end", "held"),
    *("held_end", "cut", "end", "value", "now", "step"),
)

_render = component("growing_text", "growing")


def growing_text(
    lang: str,
    written: Written,
    way: Way,
    *,
    step: int | None = None,
    key: str = "growing_text",
    on_step_change: Callable[[int], None] | None = None,
) -> None:
    """Draw the text over the states of the network that wrote it.

    Args:
        lang: "ja" or "en"; readers of English get a gloss under each token that has one.
        written: what was written, from which beginning.
        way: how.
        step: the token, 1-based, at which the drawing opens; None for the last one that was given, after which the
            first is written. While network and beginning stay, the reader's own place is kept unless this changes.
        key: the widget's key.
        on_step_change: called with the step on which the reader rests, before the page runs again.
    """
    trace, given = written.trace, written.given
    of = packing.digest(trace.spec.canonical, *(token.text for token in trace.tokens[:given]))
    bounds = Bounds(len(trace))
    wanted = Spot(given if step is None else min(max(step, 1), len(trace)))
    _render(
        key=key,
        data=memoized(drawing, lang, written, way) | placed(key, of, wanted, bounds),
        default={"spot": None},
        on_spot_change=telling(on_step_change, partial(resting, key, of, bounds)),
    )


def drawing(lang: str, written: Written, way: Way) -> dict[str, JSON]:
    """What the script draws, apart from the reader's place."""
    trace, chosen = written.trace, written.chosen
    return {
        "cell": trace.layers.cell,
        "way": way,
        "tokens": packing.words(lang, trace.tokens),
        "given": written.given,
        "start": trace.tokens[0].text == START,
        "chosen": [_output(lang, written, at) for at in chosen],
        "rows": tracks.pack(lang, trace.layer()),
        "outputs": len(trace.outputs),
        "next": [_distribution(lang, written, step) for step in range(len(trace))],
        "text": packing.labels(lang, {name: f"growing_text.{name}" for name in LABELS}),
    }


def _output(lang: str, written: Written, at: int) -> dict[str, JSON]:
    trace = written.trace
    gloss = trace.glosses[at] if lang == "en" and trace.glosses else ""
    return {"text": trace.outputs[at], "gloss": gloss, "ends": trace.ends[at]}


def _distribution(lang: str, written: Written, step: int) -> dict[str, JSON]:
    """The most probable outputs after a token, before anything is changed and as they were drawn from."""
    before, place = written.trace.probabilities[step], step - written.given + 1
    drawn = 0 <= place < len(written.chosen)
    shown = [int(at) for at in np.argsort(-before, kind="stable")[:SHOWN]]
    if drawn and written.chosen[place] not in shown:
        shown[-1] = written.chosen[place]
    after = written.after[place] if drawn else None
    return {
        "left": None if after is None else int(np.count_nonzero(after)),
        "top": [
            _output(lang, written, at)
            | {
                "p": float(before[at]),
                "q": None if after is None else float(after[at]),
                "chosen": drawn and written.chosen[place] == at,
            }
            for at in shown
        ],
    }
