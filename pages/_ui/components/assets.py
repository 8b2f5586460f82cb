"""The browser's side: which files make a component, in which order, and whether they are whole.

There is no bundler: the scripts are put one after another and given to Streamlit as one text, so a name that one file
declares is known in those that follow. Each component is registered once, when its module is imported.
"""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import streamlit as st

from pages._ui.components.tokens import tokens_css
from rnn_core import KiokuError
from rnn_core.checkout import named

if TYPE_CHECKING:
    from collections.abc import Mapping

    from streamlit.components.v2.types import ComponentRenderer

BROWSER = Path(__file__).parent / "browser"
SHARED_STYLES = ("shared/base.css",)
SHARED = ("shared/dom.js", "shared/colour.js", "shared/player.js", "shared/view.js", "shared/marks.js")
# How a file of each kind begins: what does not is another file. What does not end with its line, or leaves a bracket
# open, was cut off.
BEGINS: Mapping[str, str] = MappingProxyType({".js": "// ", ".css": "/* ", ".html": "<", ".svg": "<svg "})
NOTHING = "export default () => {};"

_damaged: dict[str, KiokuError] = {}


def whole(path: Path) -> str:
    """A file for the browser as text.

    Raises:
        KiokuError: it is missing or damaged, as far as it shows by itself.
    """
    try:
        found = path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        found = ""
    complete = found.endswith("\n") and found.count("{") == found.count("}")
    if not found.startswith(BEGINS[path.suffix]) or not complete:
        raise KiokuError("page_file", path=named(path))
    return found


def whole_or_nothing(path: Path) -> str:
    """The same; "" for a damaged one, which is among the `damaged` from then on."""
    try:
        return whole(path)
    except KiokuError as error:
        _damaged[named(path)] = error
        return ""


def damaged() -> tuple[KiokuError, ...]:
    """What is wrong with files that the pages do without: each page says it."""
    return tuple(_damaged.values())


def read(*files: str) -> str:
    """These files of `browser/` as one text.

    Raises:
        KiokuError: one of them is missing or damaged.
    """
    return "\n".join(whole(BROWSER / file) for file in files)


def register(
    name: str, html: str, styles: tuple[str, ...], scripts: tuple[str, ...], *, alone: bool = False
) -> ComponentRenderer:
    """A component of these files, after the shared ones unless it stands `alone`.

    Where one of them is damaged, it is a component that draws nothing.
    """
    title = f"kioku_{name}"
    if not alone:
        styles, scripts = (*SHARED_STYLES, *styles), (*SHARED, *scripts)
    try:
        markup, css, js = read(html), read(*styles), read(*scripts)
    except KiokuError as error:
        _damaged[str(error.values["path"])] = error
        return st.components.v2.component(title, js=NOTHING)
    return st.components.v2.component(title, html=markup, css=f"{tokens_css()}\n{css}", js=js)
