"""A room with a teacher, a pupil and somebody who means no good, each in a browser of their own."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from pages._ui.visitor import COOKIE
from rnn_core import KiokuError
from rnn_core.messages import text
from tests.browser.conftest import PATIENCE, listen, settle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from tests.browser.conftest import Site

pytestmark = pytest.mark.browser
# Says something to the room over a WebSocket of its own, and what is heard of it.
SAID = """message => new Promise(done => {
  const socket = new WebSocket(location.href.replace('http', 'ws').replace('/room', '/room/live')), heard = [];
  socket.onmessage = ({ data }) => {
    if (heard.push(JSON.parse(data)) === 1) socket.send(message);
    else { socket.close(); done(heard[1]); }
  };
})"""


@contextmanager
def person(browser: Browser, width: int, locale: str = "en-US") -> Iterator[Page]:
    """A browser of their own; its console is silent."""
    context = browser.new_context(viewport={"width": width, "height": 800}, locale=locale)
    context.set_default_timeout(PATIENCE)
    page, errors = context.new_page(), list[str]()
    listen(page, errors)
    yield page
    context.close()
    assert errors == []


def enter(teacher: Page, site: Site) -> str:
    """Open a vote as a teacher does; the address of the room."""
    teacher.goto(f"{site.url}/order?lang=en")
    settle(teacher)
    teacher.locator(".st-key-classroom button").click()
    panel = teacher.get_by_role("dialog")
    panel.get_by_text(text("classroom.hands", "en")).click()
    panel.get_by_role("button", name=text("classroom.start", "en")).click()
    code = panel.locator(".room strong").inner_text()
    assert re.fullmatch("[2-9A-Z]{5}", code)
    return f"{site.url}/room?code={code}"


def test_a_class_votes_and_nobody_votes_for_another(browser: Browser, site: Site) -> None:
    with person(browser, 1280) as teacher, person(browser, 360, "ja-JP") as pupil, person(browser, 390) as other:
        room = enter(teacher, site)
        panel, votes = teacher.get_by_role("dialog"), teacher.locator(".votes strong")
        expect(votes).to_have_text(text("classroom.count", "en", count=0))

        pupil.goto(room)
        pupil.locator(".options button").nth(5).click()
        expect(pupil.locator("[aria-pressed=true]")).to_have_text(text("order.vote_count", "ja", count=5))
        expect(votes).to_have_text(text("classroom.count", "en", count=1))
        assert pupil.evaluate("document.documentElement.scrollWidth") <= 360
        heights = pupil.locator("button, a, input").evaluate_all("all => all.map(one => one.offsetHeight)")
        assert min(height for height in heights if height) >= 24

        other.goto(room)
        assert COOKIE not in other.evaluate("document.cookie")
        (mine,) = [one for one in pupil.context.cookies() if one["name"] == COOKIE]
        for said, why in (
            ('{"turn": 1, "option": 99}', "room_option"),
            ('{"turn": 0, "option": 0}', "room_turn"),
            (f'{{"turn": 1, "option": 0, "voter": "{mine["value"]}"}}', "room_heard"),
            ("<script>", "room_heard"),
        ):
            assert other.evaluate(SAID, said) == {"kind": "refused", "text": KiokuError(why).text("en")}
        other.evaluate("document.cookie = 'kioku_visitor=; Max-Age=0; Path=/'")  # no script takes it away either
        for option in (0, 2, 3):
            other.locator(".options button").nth(option).click()
            expect(other.locator("[aria-pressed=true]")).to_have_text(text("order.vote_count", "en", count=option))
        expect(votes).to_have_text(text("classroom.count", "en", count=2))
        assert teacher.locator(".st-key-chart_votes").count() == 0

        panel.get_by_role("button", name=text("classroom.close", "en")).click()
        expect(pupil.locator(".said")).to_have_text(
            text("classroom.phone.closed.voted", "ja", option=text("order.vote_count", "ja", count=5))
        )
        assert other.evaluate(SAID, '{"turn": 1, "option": 0}')["text"] == KiokuError("room_closed").text("en")
        panel.get_by_role("button", name=text("classroom.again", "en")).click()
        expect(pupil.locator("[aria-pressed=true]")).to_have_count(0)
        assert other.evaluate(SAID, '{"turn": 1, "option": 0}')["text"] == KiokuError("room_turn").text("en")
        pupil.locator(".options button").nth(5).click()
        panel.get_by_role("button", name=text("classroom.close", "en")).click()
        assert teacher.locator(".st-key-chart_votes").count() == 0
        panel.get_by_role("button", name=text("classroom.reveal", "en")).click()
        teacher.wait_for_selector(".st-key-chart_votes .main-svg")
        five = text("order.vote_count", "en", count=5)
        said = text("votes.twice", "en", right=1, total=2, again=1, total_again=1, options=five)
        expect(panel.locator(".finding")).to_have_text(said)


def test_the_room_is_the_teachers_also_after_a_reload_and_nobody_elses(browser: Browser, site: Site) -> None:
    with person(browser, 1280) as teacher, person(browser, 1280) as other, person(browser, 390) as pupil:
        room = enter(teacher, site)
        for page in (teacher, other):
            page.goto(f"{site.url}/cell?lang=en")
            settle(page)
            page.locator(".st-key-classroom button").click()
            page.get_by_role("dialog").get_by_text(text("classroom.hands", "en")).click()
        expect(teacher.locator(".room strong")).to_have_text(room[-5:])
        expect(other.locator(".st-key-classroom_start")).to_be_visible()
        assert other.locator(".room").count() == 0
        pupil.goto(room)
        expect(pupil.locator(".options button")).to_have_count(7)
        teacher.get_by_role("dialog").get_by_role("button", name=text("classroom.end", "en")).click()
        expect(pupil.locator(".said")).to_have_text(KiokuError("room_unknown").text("en"))
        expect(pupil.locator("#code")).to_be_visible()


def test_the_note_for_teachers_is_printed_alone(browser: Browser, site: Site) -> None:
    with person(browser, 1280) as teacher:
        teacher.goto(f"{site.url}/order?lang=en")
        settle(teacher)
        teacher.emulate_media(media="print")
        expect(teacher.locator("h1.question")).to_be_visible()
        teacher.emulate_media(media="screen")
        teacher.locator(".st-key-teach summary").click()
        expect(teacher.locator(".lesson")).to_be_visible()
        teacher.emulate_media(media="print")
        expect(teacher.locator(".lesson")).to_be_visible()
        expect(teacher.locator("h1.question")).to_be_hidden()
        expect(teacher.locator(".st-key-frame")).to_be_hidden()
        top = teacher.locator(".lesson").bounding_box()
        assert top
        assert top["y"] < 200
        address = teacher.locator(".lesson a").first.evaluate("one => getComputedStyle(one, '::after').content")
        assert site.url in address
