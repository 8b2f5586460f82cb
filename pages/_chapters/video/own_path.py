"""The reader moves the digit: the path is drawn or walked, and becomes the clip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._ui import blocks, controls, document
from pages._ui.components.path_field import path_field

if TYPE_CHECKING:
    from pages._ui.shell import View

TOP = "clip"  # the anchor of the drawing


def shown(view: View) -> None:
    """The field."""
    blocks.part(view, "video.own_path", anchor="path")
    path = view.state["path"]
    path_field(
        view.lang,
        view.whole("image", 3),
        path if isinstance(path, str) else "",
        key=view.key("path_field"),
        on_path_change=show,
    )


def show(path: str) -> None:
    """Let the path be the clip."""
    controls.take({"path": path, "motion": "own", "t": None})
    document.bring(TOP)
