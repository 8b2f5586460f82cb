"""The drawing that opens the chapter: the way back of the gradient, in which its end is guessed and seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._chapters.gradients import computed, guess, inputs
from pages._ui import controls, pin, stage
from pages._ui.components.gradient_trails import Loss, Said, gradient_trails
from rnn_core.gradients.decay import judge

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages._chapters.gradients.inputs import Asked
    from pages._ui.shell import View
    from rnn_core.models.sentence_spec import SentenceWay
    from rnn_core.quantities import Cell


def draw(view: View, asked: Asked) -> bool:
    """Draw it; whether nothing is left to ask. With no word before the loss there is nothing to guess.

    Raises:
        KiokuError: an output that there is none of, weights that can't be loaded, numbers that are no longer finite.
    """
    state, until = view.state, slice(asked.at + 1)
    ways: dict[Cell, SentenceWay] = {cell: computed.find_way(inputs.spec(view, asked, cell)) for cell in asked.cells}
    said = _said(view, asked, ways)
    step = state["t"]
    with stage.drawing(view):
        gradient_trails(
            view.lang,
            asked.words[until],
            asked.glosses[until],
            ways,
            loss=_loss(view, asked),
            axis=guess.axis(asked.at + 1, grows=state["act"] == "relu"),
            rings=guess.places(asked.at),
            said=said,
            threshold=view.real("theta") if state["theta"] != inputs.NONE else None,
            former=_former(view, asked),
            step=step if isinstance(step, int) and step <= asked.at + 1 else None,
            key=view.key("gradient_trails"),
            on_change=lambda step, cell, curve: pin.take(view, {"t": step, "whose": cell, "curve": curve}),
        )
    return said.curve != ""


def pinned(view: View) -> None:
    """Draw that of a pinned state.

    Raises:
        KiokuError: as `draw`.
    """
    draw(view, inputs.ask(view))


def _said(view: View, asked: Asked, ways: Mapping[Cell, SentenceWay]) -> Said:
    """Whose end is guessed, what was, and how near that is to what is left there."""
    cell = next((cell for cell in asked.cells if cell == view.state["whose"]), asked.cells[0])
    if asked.at == 0:
        return Said(cell, controls.SKIP)
    curve = guess.read(view)
    if curve in ("", controls.SKIP):
        return Said(cell, curve)
    axis = guess.axis(asked.at + 1, grows=view.state["act"] == "relu")
    left, end = float(ways[cell].way.decades[0]), float(curve.split("_")[0])
    return Said(cell, curve, judge(left, end, (axis.low, axis.top), guess.NOTCH * axis.unit))


def _loss(view: View, asked: Asked) -> Loss:
    if asked.output is None:
        return Loss("unit", unit=(asked.unit or 0) + 1)
    return Loss("word" if inputs.is_next_word(view, asked) else "reply", asked.output)


def _former(view: View, asked: Asked) -> SentenceWay | None:
    """The LSTM with its own forget gate, where another bias is looked at."""
    if view.state["fbias"] == inputs.OWN or "lstm" not in asked.cells:
        return None
    return computed.find_way(inputs.spec(view, asked, "lstm").model_copy(update={"forget_bias": None}))
