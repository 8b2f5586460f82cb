"""The training lab as the pages reach it: one store for the whole server, and who a visitor is to it."""

from __future__ import annotations

import secrets
from functools import cache

import streamlit as st

from rnn_core.training.lab.run_source import register
from rnn_core.training.lab.store import Runs

WHO = "kioku_visitor"


@cache
def runs() -> Runs:
    """The store of all runs."""
    return Runs()


def wake() -> None:
    """Let what waits be computed from now on; nothing happens where that has begun."""


def visitor() -> str:
    """What tells this browser from others: only who started a run may cancel or delete it."""
    known = st.context.cookies.get(WHO) if st.context.url else None
    return known or str(st.session_state.setdefault(WHO, secrets.token_urlsafe(24)))


register(lambda: runs())  # whatever the store is when it is asked for
