"""What a page says when something fails within it, in the place of what failed, and the ways back to what works."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING

import streamlit as st

from pages._ui.words import markdown, plain
from rnn_core import KiokuError
from rnn_core.messages import NO_TEXTS, text

if TYPE_CHECKING:
    from collections.abc import Iterator

LOG = logging.getLogger(__name__)


@contextmanager
def told(lang: str, path: str) -> Iterator[None]:
    """Say what fails within: a `KiokuError` as its message; whatever nobody foresaw as such, and the log has the rest.

    What Streamlit itself raises to end or repeat a run is no failure and passes through: it is no `Exception`.

    Args:
        lang: the reader's language.
        path: the chapter's address without the slash, "" for the first page.
    """
    try:
        yield
    except KiokuError as error:
        st.error(markdown(error.text(lang)))
    except Exception:
        LOG.exception("Something failed on /%s that nobody foresaw", path)
        _sorry(lang, path)


def _sorry(lang: str, path: str) -> None:
    """One sentence, and links that load the app anew: whatever the session holds is left behind with it."""
    st.error(markdown(_said("ui.unforeseen", lang)))
    here = (st.context.url or "").removesuffix("/")
    root = here.removesuffix(f"/{path}") if path else here
    ways = {f"{root}/{path}": "ui.way_back", f"{root}/": "ui.way_home"} if path else {f"{root}/": "ui.way_home"}
    links = [f'<a href="{plain(way)}?lang={lang}">{plain(_said(said, lang))}</a>' for way, said in ways.items()]
    st.html(f'<p class="ways" lang="{lang}">{" ".join(links)}</p>')


def _said(message_id: str, lang: str) -> str:
    """A message; where not even the catalogues can be read, what is to be done about them."""
    try:
        return text(message_id, lang)
    except Exception:
        return NO_TEXTS
