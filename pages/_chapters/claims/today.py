"""What is used today, each line with its source, its date and how sure it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages._ui import blocks
from pages._ui.words import plain
from rnn_core.claims import data
from rnn_core.messages import text

if TYPE_CHECKING:
    from pages._ui.shell import View
    from rnn_core.claims.data import Fact


def facts(view: View) -> None:
    """The part of the page."""
    lang = view.lang
    lead = f'<p class="lead" lang="{lang}">{plain(text("claims.today.lead", lang))}</p>'
    head = "".join(f'<th scope="col">{plain(text(f"claims.column.{one}", lang))}</th>' for one in ("today", "source"))
    rows = "".join(_row(fact, lang) for fact in data.today())
    table = f'<table class="claims today" lang="{lang}"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
    st.html(blocks.part_said(view, "claims.today", anchor="today") + lead)
    folded = st.expander(text("claims.sources", lang), key="today", on_change="rerun")
    if folded.open:
        with folded:
            st.html(table)


def _row(fact: Fact, lang: str) -> str:
    said = text(f"claims.note.{fact['name']}", lang, **fact["numbers"])
    status = plain(text(f"claims.status.{fact['status']}", lang))
    source = ", ".join((fact["source"], fact["reference"], fact["date"]))
    return (
        f'<tr><th scope="row">{plain(said)}</th>'
        f'<td>{plain(source)} <span class="certainty {fact["status"]}">{status}</span></td></tr>'
    )
