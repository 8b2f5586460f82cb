"""The drawing that opens the chapter: the guess is made and judged in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._chapters.sentiment import computed, inputs
from pages._ui import controls, pin, stage
from pages._ui.components.feeling import feeling
from rnn_core import figures

if TYPE_CHECKING:
    from pages._chapters.sentiment.inputs import Found
    from pages._ui.shell import View


def draw(view: View, found: Found) -> bool:
    """Draw what the network makes of the text. Whether nothing is left to ask."""
    said, step = view.state["guess_settled"], view.state["t"]
    answer = said if isinstance(said, int | str) else None
    plane = computed.looked(found.spec).plane
    with stage.drawing(view):
        feeling(
            view.lang,
            found.reading,
            computed.path(found.spec, found.words),
            plane["cloud"],
            plane["slow"],
            figures.axes_named(plane, view.lang),
            inputs.why(found, view.lang),
            answer=answer,
            step=step if isinstance(step, int) else None,
            key=view.key("feeling"),
            on_step_change=controls.rest,
            on_answer_change=lambda now: pin.take(view, {"guess_settled": now}),
        )
    return answer is not None or len(found.words) < 2


def pinned(view: View) -> None:
    """Draw what the network of a pinned state makes of its text."""
    draw(view, inputs.read(view))
