"""An address of the app, about to be opened in this process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from pages._ui.chapter import HOME
from pages._ui.contents import CHAPTERS
from tests.reading import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping


def at_address(page: str = "", query: Mapping[str, str | list[str]] | None = None) -> AppTest:
    """The app behind a deep link: `run` shows the page, and no other one before it.

    Args:
        page: the chapter's name, or nothing for the first.
        query: the address's parameters.
    """
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for key, value in (query or {}).items():
        at.query_params[key] = value
    if page and page != HOME:
        # `switch_page` finds a page that is not registered yet by its file's name, which need not be its address
        at._page_hash = calc_hash(next(row.path for row in CHAPTERS if row.name == page))
    return at
