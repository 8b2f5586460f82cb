"""Looking closer at a translation: other outputs, what if, and whether attention explains it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._ui import blocks, controls, decoded, decoded_alter, decoded_beam, decoded_explained, takeaway

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pages._ui.decoded import Decoded
    from pages._ui.shell import View

STUDIES: Mapping[str, Callable[[View, Decoded], None]] = {
    "beam": decoded_beam.study,
    "explain": decoded_explained.study,
}


def study(view: View, shown: Decoded) -> None:
    """The study that the address names; then the translation to take home, changed if the study changed it."""
    blocks.part(view, "decoded.study", blocks.parity_said(view, shown.raw.layers))
    controls.choice("study", view.lang, label="collapsed")
    asked, choose = str(view.state["study"]), decoded.forced(view)
    altered = None
    if asked in STUDIES:
        STUDIES[asked](view, shown)
    else:
        altered = decoded_alter.study(view, shown)
    if altered is None:
        takeaway.whole(view, shown.raw, choose=choose)
    else:
        takeaway.whole(view, altered.trace, choose=choose if altered.pins else (), pins=altered.pins)
