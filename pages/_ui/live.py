"""What a drawing polls while a run is computed: `/live/<run>?from=<n>`, answered in JSON without a page's run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from starlette.responses import Response
from starlette.routing import Route

from pages._ui.base_path import below_base
from rnn_core.errors import KiokuError
from rnn_core.messages import LANGUAGES

if TYPE_CHECKING:
    from starlette.requests import Request

NUMBER = 9  # digits of an event's number, at most


def route() -> Route:
    """What the app answers this with."""
    return Route(address("{run}"), answer)


def address(run: str) -> str:
    """Where a run's events are, below this server's name."""
    return below_base(f"/live/{run}")


async def answer(request: Request) -> Response:
    """The events from number `from` on, as many as go into one answer, and what the run does.

    `next` is what to ask for then, at once where `more` is true. The events are passed on as they are stored.
    """
    from rnn_core.training.lab.engine import find_engine

    since = request.query_params.get("from", "0")
    if not (since.isdecimal() and since.isascii() and len(since) <= NUMBER):
        return _told(400, {"state": "unknown"})
    try:
        runs = find_engine().runs
        run = request.path_params["run"]
        status = runs.status(run)
        found = runs.events_since(run, int(since))
    except KiokuError as error:
        return _told(404 if error.code == "lab_unknown" else 503, {"state": "unknown", "why": _said(error)})
    told: dict[str, object] = {
        "state": status.state,
        "before": status.before,
        "seconds": status.seconds,
        "why": _said(status.failure) if status.failure else None,
        "next": found.next,
        "more": found.more,
    }
    return _told(200, told, b",".join(found.lines))


def _said(error: KiokuError) -> dict[str, str]:
    return {lang: error.text(lang) for lang in LANGUAGES}


def _told(status: int, told: dict[str, object], events: bytes = b"") -> Response:
    head = json.dumps(told, ensure_ascii=False).encode()
    body = head[:-1] + b', "events": [' + events + b"]}"
    return Response(body, status, {"Cache-Control": "no-store"}, "application/json")
