"""What a student's phone gets: a page of a few kilobytes at `/room`, and a WebSocket on which it votes.

It is no page of Streamlit's, whose scripts would take a hundred phones minutes to load through one access point.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from string import Template
from time import monotonic
from typing import TYPE_CHECKING, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, ValidationError
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route, WebSocketRoute

from pages._ui import visitor
from pages._ui.base_path import below_base
from pages._ui.classroom.rooms import ROOMS, Room, shared_rooms, tidy_code
from pages._ui.components.assets import whole
from pages._ui.components.tokens import tokens_css
from pages._ui.words import plain
from rnn_core import KiokuError
from rnn_core.messages import LANGUAGES, text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import HTTPConnection, Request
    from starlette.routing import BaseRoute
    from starlette.websockets import WebSocket

ROOM = "room"  # its address
FILES = Path(__file__).parent / "browser"
LOOK_EVERY = 0.5  # seconds after which a phone learns what the teacher has done
PAUSE = 0.1  # seconds between two votes of one phone
MOST = 600  # phones of one process
LONGEST = 200  # characters of what a phone sends
NAMES: Mapping[str, str] = {"ja": "日本語", "en": "English"}

Message: TypeAlias = "dict[str, str | int | list[str] | None]"
_phones: set[WebSocket] = set()
_seen: dict[str, tuple[float, Room]] = {}  # of each room, when it was last looked at and how it was then


class Vote(BaseModel):
    """What a phone sends: which option in which vote of the room."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    turn: int
    option: int


def routes() -> list[BaseRoute]:
    """The addresses of a room."""
    here = below_base(f"/{ROOM}")
    return [Route(here, _page), Route(f"{here}/phone.js", _script), WebSocketRoute(f"{here}/live", _live)]


async def _page(request: Request) -> Response:
    """The page of a room, or the one on which its code is typed."""
    lang, given = _language(request), request.query_params.get("code", "")
    code, refused = tidy_code(given), ""
    try:
        room = await asyncio.to_thread(shared_rooms().look, code) if given else None
    except KiokuError as error:
        room, refused = None, error.text(lang)
    html = written(lang, room, refused)
    return HTMLResponse(html, 404 if refused else 200, {"Cache-Control": "no-store"})


async def _script(_: Request) -> Response:
    return Response(whole(FILES / "phone.js"), media_type="text/javascript", headers={"Cache-Control": "no-cache"})


def written(lang: str, room: Room | None, refused: str = "") -> str:
    """The page as HTML.

    Args:
        lang: the reader's language.
        room: the room that is entered.
        refused: why there is none, a sentence.
    """
    other = next(one for one in LANGUAGES if one != lang)
    said = {
        name: text(f"classroom.phone.{name}", lang)
        for name in ("offline", "options", "enter", "go", "script", "privacy")
    }
    said |= {"title": room.ballot.question[lang] if room else text("classroom.phone.title", lang)}
    said |= {"lang": lang, "other": other, "other_name": NAMES[other], "name": text("ui.name", lang)}
    said |= {"code": room.code if room else "", "said": refused}
    placed = {name: plain(one) for name, one in said.items()}
    style = tokens_css() + whole(FILES / "phone.css")
    return Template(whole(FILES / "phone.html")).substitute(placed, hidden="hidden" if room else "", style=style)


async def _live(socket: WebSocket) -> None:
    """Talk with one phone until either side ends it."""
    lang, voter = _language(socket), visitor.asking(socket.scope)
    await socket.accept()
    if voter is None or len(_phones) >= MOST:
        await _end(socket, text("classroom.phone.cookie" if voter is None else "classroom.phone.crowded", lang))
        return
    _phones.add(socket)
    try:
        await _converse(socket, tidy_code(socket.query_params.get("code", "")), voter, lang)
    except KiokuError as error:  # the room is gone
        await _end(socket, error.text(lang))
    finally:
        _phones.discard(socket)


async def _converse(socket: WebSocket, code: str, voter: str, lang: str) -> None:
    """Tell the phone whatever changes, and count what it votes for.

    Raises:
        KiokuError: there is no such room any more.
    """
    told: Room | None = None
    hearing = asyncio.ensure_future(socket.receive())
    try:
        while True:
            room = await _look(code)
            if room != told:
                await socket.send_json(await asyncio.to_thread(state, room, voter, lang))
                told = room
            await asyncio.wait({hearing}, timeout=LOOK_EVERY)
            if not hearing.done():
                continue
            heard = hearing.result()
            if heard["type"] == "websocket.disconnect":
                return
            hearing = asyncio.ensure_future(socket.receive())
            if refused := await asyncio.to_thread(take, heard.get("text") or "", code, voter, lang):
                await socket.send_json(refused)
            else:
                told = None
            await asyncio.sleep(PAUSE)
    finally:
        hearing.cancel()


async def _look(code: str) -> Room:
    """The room, which all phones of this process that are in it look at together.

    Raises:
        KiokuError: there is no such room.
    """
    since, room = _seen.get(code, (0.0, None))
    if room is None or monotonic() - since > LOOK_EVERY / 2:
        if len(_seen) > ROOMS:
            _seen.clear()
        _seen.pop(code, None)
        room = await asyncio.to_thread(shared_rooms().look, code)
        _seen[code] = monotonic(), room
    return room


def state(room: Room, voter: str, lang: str) -> Message:
    """What a phone shows of its room."""
    voted = shared_rooms().voted(room.code, voter, room.turn)
    cast: Literal["voted", "free"] = "free" if voted is None else "voted"
    option = "" if voted is None else room.ballot.options[lang][voted]
    return {
        "kind": "room",
        "phase": room.phase,
        "turn": room.turn,
        "question": room.ballot.question[lang],
        "options": list(room.ballot.options[lang]),
        "voted": voted,
        "text": text(f"classroom.phone.{room.phase}.{cast}", lang, option=option),
    }


def take(raw: str, code: str, voter: str, lang: str) -> Message | None:
    """Count what a phone has sent; why not, where it is not counted."""
    try:
        if len(raw) > LONGEST:
            raise KiokuError("room_heard")
        vote = Vote.model_validate_json(raw)
        shared_rooms().vote(code, voter, vote.turn, vote.option)
    except ValidationError:
        return {"kind": "refused", "text": KiokuError("room_heard").text(lang)}
    except KiokuError as error:
        return {"kind": "refused", "text": error.text(lang)}
    return None


async def _end(socket: WebSocket, why: str) -> None:
    await socket.send_json({"kind": "ended", "text": why})
    await socket.close()


def _language(asked: HTTPConnection) -> str:
    """The language of the link, else the browser's."""
    named = asked.query_params.get("lang")
    browser = "ja" if asked.headers.get("accept-language", "").lower().startswith("ja") else "en"
    return named if named in LANGUAGES else browser
