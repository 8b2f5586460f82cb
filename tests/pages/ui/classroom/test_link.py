from __future__ import annotations

import re
from types import SimpleNamespace
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pages._ui import opening
from pages._ui.address import controls_of
from pages._ui.classroom import link
from pages._ui.contents import CHAPTERS
from rnn_core.messages import text

if TYPE_CHECKING:
    from pages._ui.chapter import Chapter

each_chapter = pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda row: row.name)


def script() -> None:
    import streamlit as st

    from pages._ui import shell
    from pages._ui.classroom import link
    from pages._ui.contents import CHAPTERS

    chapter = next(row for row in CHAPTERS if row.name == st.session_state["chapter"])
    view = shell._settled(chapter)
    st.text(link.student_address(view))
    link.offer(view)
    link.offer_room(view, "ABCDE")


def offered(chapter: Chapter, url: str = "http://localhost:8501/", **query: str) -> AppTest:
    at = AppTest.from_function(script, default_timeout=60)
    at.session_state["chapter"] = chapter.name
    at.context["url"] = url + chapter.address
    for key, value in query.items():
        at.query_params[key] = value
    at.run()
    assert not at.exception
    return at


def html(at: AppTest) -> str:
    return "".join(element.proto.body for element in at.get("html"))


@each_chapter
def test_the_link_is_the_state_before_every_guess(chapter: Chapter) -> None:
    guesses = {row.key for row in chapter.own if row.is_guess} | {"guess_persistence", "guess_permutation"}
    said = {key: "skip" for key in guesses if key in chapter.controls}
    at = offered(chapter, lang="en", present="1", **said)
    address = urlsplit(at.text[0].value)
    query = parse_qs(address.query, keep_blank_values=True)
    assert (address.netloc, address.path, query["lang"]) == ("localhost:8501", f"/{chapter.address}", ["en"])
    assert not {"present", *guesses} & query.keys()
    assert query.keys() <= {"lang", *chapter.controls}


def test_a_link_says_only_what_is_not_as_the_chapter_opens() -> None:
    cell = next(row for row in CHAPTERS if row.name == "cell")
    assert urlsplit(offered(cell, lang="ja").text[0].value).query == "lang=ja"
    assert urlsplit(offered(cell, lang="en", cell="gru", t="3").text[0].value).query == "lang=en&cell=gru&t=3"
    order = next(row for row in CHAPTERS if row.name == "order")
    assert urlsplit(offered(order, lang="en").text[0].value).query == "lang=en"


def test_every_chapter_that_asks_keeps_its_guess_out_of_the_link() -> None:
    asking = [row.name for row in CHAPTERS if not any(controls_of(row)[key].is_guess for key in row.controls)]
    assert asking == ["home", "your_model"]


def test_a_class_is_given_the_address_that_it_reaches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "own_address", lambda: "192.168.0.7")
    real = opening.config.get_option
    said = {"server.address": "0.0.0.0"}
    monkeypatch.setattr(opening.config, "get_option", lambda name: said.get(name, real(name)))
    at = offered(CHAPTERS[1], lang="en")
    said = html(at)
    assert at.code[0].value.startswith(f"http://192.168.0.7:8501/{CHAPTERS[1].address}?lang=en")
    assert text("classroom.link.qr", "en", url="http://192.168.0.7:8501/room?code=ABCDE") in said
    assert "<span>192.168.0.7:8501/room</span><strong>ABCDE</strong>" in said
    assert said.count('class="qr"') == 2
    assert not at.warning


def test_where_only_this_machine_is_reached_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "for_others", lambda _: None)
    at = offered(CHAPTERS[0], lang="ja")
    assert {one.value for one in at.warning} == {text("classroom.link.alone", "ja")}
    assert 'class="qr"' not in html(at)


def test_a_link_that_no_phone_reads_is_no_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "for_others", lambda url: url)
    at = offered(CHAPTERS[0], lang="en", text="あ" * 200)
    assert text("classroom.link.long", "en") in html(at)
    assert html(at).count('class="qr"') == 1  # that of the room


def test_a_code_is_black_on_white_with_room_around_it() -> None:
    drawn = link.drawn('http://a/room?code=ABCDE&x="', 'a "code"')
    (source,) = re.findall('src="([^"]+)"', drawn)
    svg = unquote(source.partition(",")[2].replace("&#x27;", "'"))
    assert 'alt="a &quot;code&quot;"' in drawn
    assert re.search(r"""fill=.(white|#fff)""", svg)
    assert re.search(r"""stroke=.(black|#000)""", svg)
    assert re.search(r"""M4 4\.5h7""", svg)  # the first square stands four squares from each edge


@pytest.mark.parametrize(
    ("url", "room"), [("http://a:1/cell?t=1#x", "http://a:1/room"), ("http://a/k/", "http://a/k/room")]
)
def test_a_room_stands_beside_the_chapters(monkeypatch: pytest.MonkeyPatch, url: str, room: str) -> None:
    chapter = next(row for row in CHAPTERS if row.address == ("cell" if "cell" in url else ""))
    monkeypatch.setattr(st, "context", SimpleNamespace(url=url))
    assert link.room_address(SimpleNamespace(chapter=chapter), "ABCDE") == f"{room}?code=ABCDE"
