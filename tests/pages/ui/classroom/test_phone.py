"""A room as a phone meets it: the page, and the WebSocket, driven as a server drives them."""

from __future__ import annotations

import asyncio
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from streamlit import config

from pages._ui import visitor
from pages._ui.classroom import phone
from pages._ui.classroom.rooms import VOTERS, Rooms
from rnn_core import KiokuError
from rnn_core.messages import LANGUAGES, text
from tests.pages.ui.classroom.cases import ballot

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


TOKEN = "a" * 43
COLOUR = re.compile(r"#[0-9A-Fa-f]{3,8}\b|\brgba?\(|\bhsla?\(")


def scope(kind: str, path: str, query: str = "", **headers: str) -> dict[str, Any]:
    pairs = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {
        **{"type": kind, "path": path, "raw_path": path.encode(), "query_string": query.encode(), "headers": pairs},
        **{"method": "GET", "http_version": "1.1", "scheme": "http", "server": ("localhost", 80), "subprotocols": []},
    }


def get(path: str, query: str = "", **headers: str) -> tuple[int, str]:
    sent: list[dict[str, Any]] = []

    async def ask() -> None:
        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": b""}

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        await Starlette(routes=phone.routes())(scope("http", path, query, **headers), receive, send)

    asyncio.run(ask())
    return sent[0]["status"], b"".join(one.get("body", b"") for one in sent).decode()


def talk(code: str, *says: str | bytes | Callable[[], object], token: str = TOKEN, lang: str = "en") -> list[Any]:
    """What a phone hears that says this, one after the other, each when it has heard of the one before."""
    heard: list[Any] = []

    async def phoned() -> None:
        asked, told = asyncio.Queue[dict[str, Any]](), asyncio.Queue[dict[str, Any]]()
        cookie = {"cookie": f"{visitor.COOKIE}={token}"} if token else {}
        app = Starlette(routes=phone.routes())
        await asked.put({"type": "websocket.connect"})
        talking = asyncio.ensure_future(
            app(scope("websocket", "/room/live", f"code={code}&lang={lang}", **cookie), asked.get, told.put)
        )

        async def hear() -> None:
            message = await asyncio.wait_for(told.get(), 10)
            if message["type"] == "websocket.send":
                heard.append(json.loads(message["text"]))
            elif message["type"] == "websocket.close":
                heard.append("closed")

        await hear()  # that it is accepted
        await hear()
        for one in says:
            if callable(one):
                one()
            else:
                kind = "text" if isinstance(one, str) else "bytes"
                await asked.put({"type": "websocket.receive", kind: one})
            await hear()
        await asked.put({"type": "websocket.disconnect", "code": 1000})
        await asyncio.wait_for(talking, 10)

    asyncio.run(phoned())
    return heard


def vote(turn: int, option: int) -> str:
    return json.dumps({"turn": turn, "option": option})


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_asks_the_question_as_text_and_is_small(shared: Rooms, lang: str) -> None:
    room = shared.open_room("teacher", "a", ballot())
    status, page = get("/room", f"code={room.code.lower()}&lang={lang}")
    assert status == 200
    assert f"<title>question &lt;b&gt;{lang}&lt;/b&gt;</title>" in page
    assert f'<html lang="{lang}">' in page
    assert '<form class="enter" hidden>' in page
    assert len(page) + len(get("/room/phone.js")[1]) < 20_000


@pytest.mark.parametrize("code", ["<script>alert(1)</script>", "ABCDE", "%00", "a" * 5000])
def test_a_room_that_is_not_there_is_a_sentence_and_the_way_in(shared: Rooms, code: str) -> None:
    status, page = get("/room", f"code={code}", accept_language="ja-JP,ja;q=0.9")
    assert status == 404
    assert KiokuError("room_unknown").text("ja") in page
    assert "alert(1)" not in page
    assert '<form class="enter" >' in page
    assert get("/room")[0] == 200


def test_a_vote_is_counted_and_what_the_teacher_does_is_heard(shared: Rooms) -> None:
    room = shared.open_room("teacher", "a", ballot())
    code = room.code
    first, counted, changed, closed, refused = talk(
        code, vote(1, 0), vote(1, 2), lambda: shared.steer(code, "teacher", "close"), vote(1, 1)
    )
    assert (first["phase"], first["voted"], first["options"]) == ("open", None, list(room.ballot.options["en"]))
    assert [counted["voted"], changed["voted"], closed["voted"]] == [0, 2, 2]
    assert "answer 2 en" in changed["text"]
    assert (closed["phase"], refused) == ("closed", {"kind": "refused", "text": KiokuError("room_closed").text("en")})
    assert shared.counts(room) == ((0, 0, 1),)


def test_another_question_reaches_those_in_the_room(shared: Rooms) -> None:
    code = shared.open_room("teacher", "a", ballot()).code
    _, _, asked, refused, counted = talk(
        code, vote(1, 0), lambda: shared.ask(code, "teacher", ballot("cell", 2)), vote(1, 0), vote(2, 1)
    )
    assert (len(asked["options"]), asked["voted"], asked["turn"]) == (2, None, 2)
    assert refused["text"] == KiokuError("room_turn").text("en")
    assert counted["voted"] == 1


@pytest.mark.parametrize(
    "raw",
    [
        *("", "{", "[]", "null", "{}", '{"turn": 1}', '{"turn": "1", "option": 0}', '{"turn": 1, "option": true}'),
        *('{"turn": 1, "option": 0, "voter": "b"}', '{"turn": 1, "option": 0.5}', "[" * 5000, b"\x00\xff"),
        '{"turn": 1e999, "option": 0}',
    ],
)
def test_what_is_no_vote_is_a_sentence(shared: Rooms, raw: str | bytes) -> None:
    room = shared.open_room("teacher", "a", ballot())
    _, refused, counted = talk(room.code, raw, vote(1, 1))
    assert refused == {"kind": "refused", "text": KiokuError("room_heard").text("en")}
    assert counted["voted"] == 1


@given(
    st.text(max_size=300) | st.dictionaries(st.text(max_size=8), st.integers() | st.text(max_size=8)).map(json.dumps)
)
def test_whatever_is_heard_is_counted_or_refused(raw: str) -> None:
    rooms = Rooms()
    room = rooms.open_room("teacher", "a", ballot())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(phone, "shared_rooms", lambda: rooms)
        answer = phone.take(raw, room.code, TOKEN, "ja")
    assert (answer is None) == (sum(rooms.counts(room)[0]) == 1)
    rooms.close()


def test_nobody_votes_for_another(shared: Rooms) -> None:
    """The token is in no link and no message; who has none, or one of another shape, does not vote."""
    room = shared.open_room("teacher", "a", ballot())
    mine = talk(room.code, vote(1, 0))
    theirs = talk(room.code, vote(1, 1), token="b" * 43)
    assert shared.counts(room) == ((1, 1, 0),)
    assert (mine[-1]["voted"], theirs[0]["voted"]) == (0, None)
    assert TOKEN not in json.dumps(mine) + get("/room", f"code={room.code}")[1]
    for token in ("", "short", "c" * 100, "'; DROP TABLE votes; --"):
        (ended,) = [one for one in talk(room.code, token=token) if one != "closed"]
        assert ended == {"kind": "ended", "text": text("classroom.phone.cookie", "en")}
    assert shared.counts(room) == ((1, 1, 0),)


def test_a_full_room_and_a_full_server_say_so(shared: Rooms, monkeypatch: pytest.MonkeyPatch) -> None:
    room = shared.open_room("teacher", "a", ballot())
    for number in range(VOTERS):
        shared.vote(room.code, str(number), 1, 0)
    assert talk(room.code, vote(1, 0))[-1]["text"] == KiokuError("room_voters", most=VOTERS).text("en")
    monkeypatch.setattr(phone, "MOST", 0)
    assert talk(room.code)[0] == {"kind": "ended", "text": text("classroom.phone.crowded", "en")}
    assert phone._phones == set()


def test_a_room_that_ends_ends_its_phones(shared: Rooms) -> None:
    code = shared.open_room("teacher", "a", ballot()).code
    ended = talk(code, lambda: shared.end(code, "teacher"))[-1]
    assert ended == {"kind": "ended", "text": KiokuError("room_unknown").text("en")}
    assert phone._phones == set()


def test_its_files_have_no_colour_of_their_own() -> None:
    files = {path.name: path.read_text(encoding="utf-8") for path in phone.FILES.iterdir()}
    assert [name for name, content in files.items() if COLOUR.search(content)] == []
    assert "innerHTML" not in files["phone.js"]


def test_below_another_root_it_is_there_too(monkeypatch: pytest.MonkeyPatch) -> None:
    options: Mapping[str, str] = {"server.baseUrlPath": "/kioku/"}
    monkeypatch.setattr(config, "get_option", options.get)
    assert [route.path for route in phone.routes()] == ["/kioku/room", "/kioku/room/phone.js", "/kioku/room/live"]
