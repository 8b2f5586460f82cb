"""Once in a visit, the first chart waits for the first drawing: the browser says at `/drawn/<visit>` that it is there.

With the first chart comes Plotly, which keeps a browser busy for most of a second, and nothing else is drawn meanwhile.
"""

from __future__ import annotations

import secrets
from threading import Event
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

import streamlit as st
from starlette.responses import Response
from starlette.routing import Route

from pages._ui import turns
from pages._ui.base_path import below_base

if TYPE_CHECKING:
    from starlette.requests import Request

LONGEST = 1.5  # seconds: from then on whoever has drawn nothing gets the charts first
KEY = "head_start"


class Drawn(Event):
    """Whether the browser of a visit has drawn; `name` is known to it alone."""

    def __init__(self) -> None:
        super().__init__()
        self.name = secrets.token_urlsafe(16)


_awaited: WeakValueDictionary[str, Drawn] = WeakValueDictionary()  # each is held by its session


def told_at() -> str:
    """Where the browser of this visit says so, below this server's name."""
    if KEY not in st.session_state:
        drawn = st.session_state[KEY] = Drawn()
        _awaited[drawn.name] = drawn
    return address(st.session_state[KEY].name)


def wait() -> None:
    """Wait until the browser of this visit has drawn, at most so long; a second time not at all."""
    drawn: Drawn | None = st.session_state.get(KEY)
    if drawn is not None and st.context.url:  # where no browser looks, nobody draws
        with turns.aside():
            drawn.wait(LONGEST)
        drawn.set()


def address(visit: str) -> str:
    """The same for the visit of this name."""
    return below_base(f"/drawn/{visit}")


def route() -> Route:
    """What the app answers this with."""
    return Route(address("{visit}"), _answer)


async def _answer(request: Request) -> Response:
    drawn = _awaited.get(request.path_params["visit"])
    if drawn is not None:
        drawn.set()
    return Response(status_code=204, headers={"Cache-Control": "no-store"})
