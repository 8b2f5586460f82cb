"""The drawing with which a chapter opens, from where it is stored: on the screen before torch is.

What the browser is given to draw is written by `make docs` into `first_drawings`, a file a chapter, in every language;
a test compares it with what the page draws. On a server that has just started, a page that opens as its chapter does
shows it, and is drawn anew once there is something to compute with.
"""

from __future__ import annotations

import json
import lzma
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

from pages._ui import blocks, controls, reading, stage
from pages._ui.address import controls_of
from pages._ui.components import assets
from pages._ui.components.place import heard
from pages._ui.words import markdown, plain
from rnn_core import KiokuError, runtime
from rnn_core.checkout import named
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages._ui.address import State
    from pages._ui.chapter import Chapter, FirstDrawing
    from pages._ui.components.packing import JSON
    from pages._ui.shell import View

FOLDER = Path(__file__).parent / "first_drawings"
PLACE = "t"  # where the reader rests, which is the browser's
SPOT = ("spot", PLACE)
VALUES = {"spot": "step", "answer": "answer", "threshold": "value"}  # by what is reported, where in it the value stands


def stands(view: View) -> bool:
    """Whether the stored drawing is on the page, and all that there is for now; before a page computes anything.

    Any other state waits here until everything is there to compute with.
    """
    first = view.chapter.first
    if runtime.ready():
        return False
    data = _found(view) if first and _as_it_opens(view) else None
    if first is None or data is None:
        reading.wait(view.lang)
        return False
    with stage.drawing(view):
        _draw(first, data)
        st.html(f'<p class="quiet" role="status" lang="{view.lang}">{plain(text("ui.loading", view.lang))}</p>')
        blocks.alone(reading.replace_when_ready, reading.LOOK_EVERY)(view)
    return True


def write(chapter: Chapter, data: Mapping[str, JSON]) -> None:
    """Store what is drawn, by language."""
    said = json.dumps(data, ensure_ascii=False, sort_keys=True)
    _file(chapter).write_bytes(lzma.compress(said.encode(), preset=9))


def read(chapter: Chapter) -> dict[str, Any]:
    """What is stored, by language.

    Raises:
        KiokuError: the file is missing or damaged.
    """
    path = _file(chapter)
    try:
        found = json.loads(lzma.decompress(path.read_bytes()))
    except (OSError, ValueError, EOFError, lzma.LZMAError) as error:
        raise KiokuError("page_file", path=named(path)) from error
    return dict(found)


def _file(chapter: Chapter) -> Path:
    return FOLDER / f"{chapter.name}.json.xz"


def _found(view: View) -> Any:
    """What is drawn in the reader's language; None where it can't be read: it only saves time."""
    try:
        return read(view.chapter).get(view.lang)
    except KiokuError as error:
        st.warning(markdown(error.text(view.lang)))
        return None


def opening_state(chapter: Chapter) -> State:
    """What every control of a chapter is when the address is silent."""
    rows = controls_of(chapter)
    return {key: rows[key].default for key in chapter.controls} | dict(chapter.opens)


def _as_it_opens(view: View) -> bool:
    opens = opening_state(view.chapter)
    return all(view.state[key] == value for key, value in opens.items() if key != PLACE)


def _draw(first: FirstDrawing, data: Any) -> None:
    """What the reader does in it meanwhile is taken over."""
    reports = dict((SPOT, *first.reports))
    told = {f"on_{name}_change": partial(_take, first.name, data["id"], name, reports[name]) for name in reports}
    assets.COMPONENTS[first.name](key=first.name, data=data, default=dict.fromkeys(reports), **told)


def _take(key: str, of: str, reported: str, control: str) -> None:
    value = heard(key, reported, of).get(VALUES[reported])
    if isinstance(value, int | float | str):
        controls.take({control: value})
