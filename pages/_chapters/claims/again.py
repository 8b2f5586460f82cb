"""The claims measured once more on the machine that serves the page: one reader at a time, claim by claim.

Each is measured in a process from where the engine's workers are, so that pages stay quick meanwhile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from pages._chapters.claims.table import measured as sentence
from pages._ui import blocks
from pages._ui.measuring import LOOK_EVERY, STOPWATCH, Measurement, begin
from pages._ui.words import formula, plain
from rnn_core.claims.rows import CLAIMS, Claim, measure
from rnn_core.messages import text
from rnn_core.training.lab.apart import compute_apart

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pages._ui.shell import View


class Found(NamedTuple):
    """One claim and its numbers."""

    claim: Claim
    numbers: Mapping[str, float]


def _each() -> Iterator[Found]:
    for claim in CLAIMS:
        yield Found(claim, compute_apart(measure, claim.name))


AGAIN: Measurement[Found] = Measurement(
    "claims", lambda: begin(STOPWATCH, _each, len(CLAIMS)), len(CLAIMS), not_yet="claims.not_yet"
)


def show(view: View) -> None:
    """The part of the page, which looks at a measurement every moment while it goes on or waits."""
    waits = AGAIN.goes_on()
    blocks.alone(_measured, LOOK_EVERY if waits else None)(view, waits)


def _measured(view: View, waits: bool) -> None:
    """The button, how far it is, and the sentences with the numbers found here."""
    seen = AGAIN.look(waits)
    AGAIN.buttons(view, seen)
    if seen and seen.points:
        st.html("".join(_line(found, view.lang) for found in seen.points))


def _line(found: Found, lang: str) -> str:
    said = text("claims.here", lang, measured=sentence(found.claim, found.numbers, lang))
    doubt = "" if found.claim.supported(found.numbers) else f" {text('claims.unsupported', lang)}"
    name = text(f"claims.said.{found.claim.name}", lang)
    return f'<p class="here" lang="{lang}"><strong>{plain(name)}</strong> {formula(said + doubt)}</p>'
