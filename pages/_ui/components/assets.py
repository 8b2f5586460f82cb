"""The browser's side: which files make a component, in which order.

There is no bundler: the scripts are put one after another and given to Streamlit as one text, so a name that one file
declares is known in those that follow. Each component is registered once, when its module is imported.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from pages._ui.components.tokens import tokens_css

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

BROWSER = Path(__file__).parent / "browser"
SHARED = ("shared/dom.js", "shared/colour.js", "shared/player.js", "shared/view.js", "shared/marks.js")


def read(*files: str) -> str:
    """These files of `browser/` as one text."""
    return "\n".join((BROWSER / file).read_text(encoding="utf-8") for file in files)


def register(name: str, html: str, styles: tuple[str, ...], scripts: tuple[str, ...]) -> ComponentRenderer:
    """A component of these files, after the shared ones."""
    return st.components.v2.component(
        f"kioku_{name}",
        html=read(html),
        css=tokens_css() + "\n" + read("shared/base.css", *styles),
        js=read(*SHARED, *scripts),
    )
