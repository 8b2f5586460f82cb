"""The segmentation to take home: the link, the weights with what came in, and a script that prints every number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._chapters.bidirectional import computed as cache
from pages._ui import blocks, takeaway
from rnn_core.messages import text
from rnn_core.takeaway.segmenter_script import MAPPED, SCRIPT_FILE, WEIGHTS_FILE, write_segmenter_script

if TYPE_CHECKING:
    from pages._chapters.bidirectional.inputs import Reading
    from pages._ui.shell import View


def whole(view: View, reading: Reading) -> None:
    """Everything that reopens or recomputes what is on the page; made when it is opened."""
    with blocks.errors_shown(view):
        if folded := takeaway.fold(view):
            seen = reading.seen
            says = text("bidirectional.take_says", view.lang, weights=WEIGHTS_FILE, mapped=MAPPED)
            weights = cache.weights_file(seen.characters.text, seen.later, seen.other)
            takeaway.fill(folded, view, says, (SCRIPT_FILE, write_segmenter_script(seen)), (WEIGHTS_FILE, weights))
