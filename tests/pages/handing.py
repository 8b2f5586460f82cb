"""A reader hands a file in: what stands for Streamlit's field, and the part of a page that asks for it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.testing.v1 import AppTest

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest


def hand_over(patch: pytest.MonkeyPatch) -> None:
    """From now on a field for a file has what `handed` puts there."""
    patch.setattr(st, "file_uploader", lambda *_, **__: given())


def given() -> io.BytesIO | None:
    """What has been handed in."""
    return io.BytesIO(st.session_state["handed"]) if "handed" in st.session_state else None


def handed(app: Callable[[], None], data: bytes) -> AppTest:
    """The part as it stands once a file has been handed in."""
    at = AppTest.from_function(app, default_timeout=60)
    at.query_params["lang"] = "en"
    at.session_state["handed"] = data
    return at.run()


def said(at: AppTest) -> str:
    """Everything that is said in HTML."""
    return "".join(one.proto.body for one in at.get("html"))
