"""The unrolled network as one drawing: the words enter, the memory is rewritten, the guess changes, the reply comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._ui.components import packing
from pages._ui.components.assets import component
from pages._ui.components.place import Bounds, Spot, placed, reported, telling
from pages._ui.memo import memoized
from rnn_core.messages import text
from rnn_core.quantities import MINIMAL, QUANTITIES

if TYPE_CHECKING:
    from collections.abc import Callable

    from pages._ui.components.packing import JSON
    from rnn_core.models.model_trace import ModelTrace
    from rnn_core.quantities import Cell

GUESSES = 4
LABELS = ("title", "hint", "words", "state", "guess", "following", "finding", "now", "now_silent", "value", "unknown")
# The weights as torch has them for every cell, and which part of the drawing each term of the equation is.
RECURRENT, INPUT = "W_{hh}", "W_{xh}"
OF_MINIMAL = "W_x"
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
    recurrent, enters = arrows(cell)
    return {
        "lang": lang,
        "cell": cell,
        "tokens": packing.words(lang, trace.tokens),
        "units": hidden.shape[1],
        "hidden": packing.packed(hidden),
        "row": packing.row(lang, memory, cell, memory.limits(layer), hidden),
        "recurrent": recurrent,
        "input": enters,
        "equation": {"left": left, "right": right},
        "terms": terms(cell, lang),
        "next": [packing.guesses(lang, trace.top(step, GUESSES)) for step in range(len(trace) if speaks else 0)],
        "text": packing.labels(lang, {name: f"unrolled.{name}" for name in LABELS}),
    }


def arrows(cell: Cell) -> tuple[str, str]:
    """What stands at an arrow from one state to the next, and at one from a word: weights, or what is kept of a state.

    Example:
        >>> arrows("gru"), arrows("minlstm")
        (('W_{hh}', 'W_{xh}'), ('f_t', 'W_x'))
    """
    if cell not in MINIMAL:
        return RECURRENT, INPUT
    gate, *_ = QUANTITIES.state(cell).forms[cell].equation.split()  # z_t ⊙ h_{t-1} + …
    return gate, OF_MINIMAL


def terms(cell: Cell, lang: str) -> list[JSON]:
    """Each term of the equation, the part of the drawing that it is, and what it is, as a sentence."""
    known, (gate, enters) = dict(TERMS), arrows(cell)
    kinds = {}
    if cell in MINIMAL:
        known = {key: part for key, part in TERMS.items() if key not in (RECURRENT, INPUT)}
        known, kinds = {gate: "recurrent", enters: "input"} | known, {"recurrent": "gate"}
    return [
        {"markup": markup, "part": part, "says": text(f"unrolled.term.{kinds.get(part, part)}", lang, symbol=markup)}
        for markup, part in known.items()
    ]


def equation(cell: Cell) -> tuple[str, str]:
    """Both sides of the equation under the drawing: written out where it is a line, in short for the cells with gates.

    Example:
        >>> " = ".join(equation("rnn"))
        'h_t = tanh(W_{hh} h_{t-1} + W_{xh} x_t + b)'
        >>> " = ".join(equation("mingru"))
        'h_t = z_t ⊙ h_{t-1} + (1 − z_t) ⊙ n_t'
    """
    rows = {row.key: row.forms[cell] for row in QUANTITIES.of(cell)}
    *_, hands_on = rows.values()
    if cell in MINIMAL:
        return hands_on.symbol, hands_on.equation
    states = [form.symbol for key, form in rows.items() if key.endswith("_state")][::-1]  # h, and c where there is one
    if len(rows) == 2:  # a sum and its tanh: the sum is put in its place
        total = next(iter(rows.values()))
        return hands_on.symbol, hands_on.equation.replace(total.symbol, total.equation)
    before = ", ".join(symbol.replace("_t", "_{t-1}") for symbol in states)
    return ", ".join(states), f"{cell.upper()}({before}, x_t; {RECURRENT}, {INPUT}, b)"
