"""A field on which the reader moves a digit, by pointer or keys: the path becomes a clip."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pages._ui.components import packing
from pages._ui.components.assets import component
from pages._ui.components.place import heard
from pages._ui.components.video_frames import pixels
from rnn_core.tasks.video.clips import PATH
from rnn_core.tasks.video.images import unseen_digit
from rnn_core.tasks.video.spec import DIGIT, FRAMES, SIDE

if TYPE_CHECKING:
    from collections.abc import Callable

    from pages._ui.components.packing import JSON

LABELS = ("field", "says", "count", "whole", "clear")

_render = component("path_field", "path")


def path_field(
    lang: str, digit: int, path: str, *, key: str = "path_field", on_path_change: Callable[[str], None]
) -> None:
    """Draw the field.

    Args:
        lang: "ja" or "en".
        digit: which one is moved, 0 to 9.
        path: that is there already; "" for none.
        key: the widget's key.
        on_path_change: called with a path once it is whole.
    """
    of = packing.digest("path", digit)

    def drawn() -> None:
        said = heard(key, "path", of).get("path")
        if isinstance(said, str) and re.fullmatch(PATH, said):
            on_path_change(said)

    _render(key=key, data=drawing(lang, digit, path) | {"id": of}, default={"path": None}, on_path_change=drawn)


def drawing(lang: str, digit: int, path: str) -> dict[str, JSON]:
    """What the script draws."""
    return {
        "digit": pixels(unseen_digit(digit)),
        "size": DIGIT,
        "side": SIDE,
        "frames": FRAMES,
        "path": path,
        "text": packing.labels(lang, {name: f"path_field.{name}" for name in LABELS}),
    }
