"""The unrolled network as one drawing: the words enter, the memory is rewritten, the guess changes, the reply comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._ui.components import packing
from pages._ui.components.assets import component
from pages._ui.components.place import Bounds, Spot, placed, reported, telling
from pages._ui.memo import memoized
from rnn_core.messages import text
from rnn_core.quantities import QUANTITIES

if TYPE_CHECKING:
    from collections.abc import Callable

    from pages._ui.components.packing import JSON
    from rnn_core.models.model_trace import ModelTrace
    from rnn_core.quantities import Cell

GUESSES = 4
LABELS = ("title", "hint", "words", "state", "guess", "following", "finding", "now", "now_silent", "value", "unknown")
# The weights as torch has them for every cell, and which part of the drawing each term of the equation is.
RECURRENT, INPUT = "W_{hh}", "W_{xh}"
TERMS = {
    "h_t": "state",
    "h_{t-1}": "before",
    "c_t": "carried",
    "c_{t-1}": "carried",
    RECURRENT: "recurrent",
    INPUT: "input",
    "x_t": "word",
    "b": "bias",
}

_render = component("unrolled", "unrolled")


def unrolled(
    lang: str,
    trace: ModelTrace,
    *,
    step: int | None = None,
    key: str = "unrolled",
    on_step_change: Callable[[int], None] | None = None,
) -> int | None:
    """Draw the network that read the sentence of `trace`; its recurrent layer is the first one, forward.

    Args:
        lang: "ja" or "en"; readers of English get a gloss under each word.
        trace: what the model computed.
        step: the word at which the drawing opens, 1-based; None for the last one. While the sentence and the model
            stay, the reader's own place is kept unless this changes.
        key: the widget's key.
        on_step_change: called with the step on which the reader rests, before the page runs again.

    Returns:
        The step, 1-based, on which the reader rests, or None where they have not moved yet.
    """
    of, bounds = packing.identity(trace), Bounds(len(trace))
    wanted = Spot(len(trace) if step is None else min(max(step, 1), len(trace)))

    def read() -> int | None:
        spot = reported(key, of, bounds)
        return spot.step if spot else None

    data = memoized(drawing, lang, trace) | placed(key, of, wanted, bounds)
    _render(key=key, data=data, default={"spot": None}, on_spot_change=telling(on_step_change, read))
    return read()


def drawing(lang: str, trace: ModelTrace) -> dict[str, JSON]:
    """What the script draws, apart from the reader's place."""
    cell, speaks = trace.layers.cell, trace.distribution is not None
    layer = trace.layer()
    memory = QUANTITIES.state(cell)
    hidden = layer[memory.key]  # (T, H)
    left, right = equation(cell)
    return {
        "lang": lang,
        "cell": cell,
        "tokens": packing.words(lang, trace.tokens),
        "units": hidden.shape[1],
        "hidden": packing.packed(hidden),
        "row": packing.row(lang, memory, cell, memory.limits(layer), hidden),
        "recurrent": RECURRENT,
        "input": INPUT,
        "equation": {"left": left, "right": right},
        "terms": [
            {"markup": markup, "part": part, "says": text(f"unrolled.term.{part}", lang, symbol=markup)}
            for markup, part in TERMS.items()
        ],
        "next": [packing.guesses(lang, trace.top(step, GUESSES)) for step in range(len(trace) if speaks else 0)],
        "text": packing.labels(lang, {name: f"unrolled.{name}" for name in LABELS}),
    }


def equation(cell: Cell) -> tuple[str, str]:
    """Both sides of the equation under the drawing: written out for the RNN, in short for the cells with gates.

    Example:
        >>> " = ".join(equation("rnn"))
        'h_t = tanh(W_{hh} h_{t-1} + W_{xh} x_t + b)'
    """
    rows = {row.key: row.forms[cell] for row in QUANTITIES.of(cell)}
    *_, hands_on = rows.values()
    states = [form.symbol for key, form in rows.items() if key.endswith("_state")][::-1]  # h, and c where there is one
    if len(rows) == 2:  # a sum and its tanh: the sum is put in its place
        total = next(iter(rows.values()))
        return hands_on.symbol, hands_on.equation.replace(total.symbol, total.equation)
    before = ", ".join(symbol.replace("_t", "_{t-1}") for symbol in states)
    return ", ".join(states), f"{cell.upper()}({before}, x_t; {RECURRENT}, {INPUT}, b)"
