"""What a chapter asks a class with an address, as its page would."""

from __future__ import annotations

from typing import TYPE_CHECKING

from streamlit.testing.v1 import AppTest

from rnn_core import runtime
from rnn_core.messages import LANGUAGES

if TYPE_CHECKING:
    from pages._ui.classroom.ballot import Ballot


def script() -> None:
    import streamlit as st

    from pages._ui import shell
    from pages._ui.classroom import panel
    from pages._ui.contents import CHAPTERS

    view = shell._settled(next(row for row in CHAPTERS if row.name == st.session_state["asked"]))
    st.session_state["ballot"] = panel.find_ballot(view)


def asked(chapter: str, **query: str) -> Ballot | None:
    """The ballot; its answers are told apart in both languages."""
    runtime.warm_up()
    at = AppTest.from_function(script, default_timeout=60)
    at.session_state["asked"] = chapter
    for key, value in query.items():
        at.query_params[key] = value
    at.run()
    assert not at.exception
    found: Ballot | None = at.session_state["ballot"]
    if found is not None:
        assert found.chapter == chapter
        assert {lang: len(set(found.options[lang])) for lang in LANGUAGES} == dict.fromkeys(LANGUAGES, found.size)
    return found


def right(chapter: str, lang: str = "en", **query: str) -> tuple[str, ...]:
    """The answers that were measured."""
    found = asked(chapter, **query)
    assert found
    return tuple(found.options[lang][at] for at in found.right)
