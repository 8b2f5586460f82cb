"""The block "How good is it?": figures on held-out data beside baselines, and an example where it fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._ui import blocks
from pages._ui.words import plain
from rnn_core.messages import text

if TYPE_CHECKING:
    from pages._ui.shell import View
    from rnn_core.figures import Picture


def how_good(view: View, drawn: Picture, fails: str, *, above: str = "", below: str = "") -> None:
    """Draw the block.

    Args:
        view: the page.
        drawn: what was measured, `figures.worth` or a picture of the chapter's own that has intervals and baselines.
        fails: a finished sentence with an example where the network fails, as it was measured.
        above, below: HTML that stands between its name and the picture, and after it.
    """
    failing = f'<p class="finding" lang="{view.lang}"><b>{plain(text("uses.fails", view.lang))}</b> {plain(fails)}</p>'
    blocks.picture(
        view, drawn, above=blocks.part_said(view, "uses.worth", anchor="worth") + above, below=failing + below
    )
