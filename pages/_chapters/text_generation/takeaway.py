"""What was written, to take home: a script that writes the same text from the same seed, and its weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._chapters.text_generation import settings
from pages._ui import blocks, cache, takeaway
from rnn_core.messages import text

if TYPE_CHECKING:
    from pages._chapters.text_generation.settings import Asked
    from pages._ui.shell import View


def whole(view: View, asked: Asked) -> None:
    """Everything that reopens or writes again what is on the page; made when it is opened."""
    with blocks.errors_shown(view):
        if folded := takeaway.fold(view):
            from rnn_core.takeaway.script import SCRIPT_FILE, WEIGHTS_FILE
            from rnn_core.takeaway.writing_script import write_writing_script  # needs torch

            beam = view.whole("beam", 3) if view.state["way"] == "beam" else 0
            script = write_writing_script(asked.written, settings.truncation(view), view.whole("seed", 0), beam)
            says = text("text_generation.take_says", view.lang, weights=WEIGHTS_FILE)
            takeaway.fill(folded, view, says, (SCRIPT_FILE, script), (WEIGHTS_FILE, cache.weights_file(asked.spec)))
