"""The training lab as the pages reach it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from rnn_core.training.lab.cluster import begin_forking
from rnn_core.training.lab.engine import find_engine

if TYPE_CHECKING:
    from rnn_core.training.lab.store import Runs


def runs() -> Runs:
    """The store of all runs."""
    return find_engine().runs


def wake() -> None:
    """Let what waits be computed from now on; nothing happens where that has begun, or where there is no server."""
    if st.context.url:
        find_engine().start()


def prepare() -> None:
    """Let the process get ready in which readers' own networks are trained; nothing happens without a server."""
    if st.context.url:
        begin_forking()
