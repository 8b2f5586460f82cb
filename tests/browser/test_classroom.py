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
from tests.browser.reading import barriers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

    from tests.browser.conftest import Site, Tab, Visit

    Enter = Callable[[], tuple[Page, str]]

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
def phone(browser: Browser, width: int, locale: str = "en-US") -> Iterator[Page]:
    """A browser of their own; its console is silent."""
    context = browser.new_context(viewport={"width": width, "height": 800}, locale=locale)
    context.set_default_timeout(PATIENCE)
    page, errors = context.new_page(), list[str]()
    listen(page, errors)
    yield page
    context.close()
    assert errors == []


@pytest.fixture
def enter(visit: Visit, people: Callable[[str], Iterator[Tab]], site: Site) -> Enter:
    """Open a vote as a teacher does whom the app doesn't know yet; their page, and the address of the room."""

    def entered() -> tuple[Page, str]:
        next(people("ja-JP")).page.context.clear_cookies(name=COOKIE)
        teacher = visit("order", lang="en")
        hands(teacher)
        press(teacher, "start")
        code = teacher.get_by_role("dialog").locator(".room strong").inner_text()
        assert re.fullmatch("[2-9A-Z]{5}", code)
        return teacher, f"{site.url}/room?code={code}"

    return entered


def hands(page: Page) -> None:
    """Open what a teacher has for a class, where it votes."""
    page.locator(".st-key-classroom button").click()
    page.get_by_role("dialog").get_by_text(text("classroom.hands", "en")).click()


def choose(page: Page, option: int, lang: str) -> None:
    """Touch an answer, and wait until it is counted."""
    page.locator(".options button").nth(option).click()
    expect(page.locator("[aria-pressed=true]")).to_have_text(text("order.vote_count", lang, count=option))


def press(teacher: Page, step: str) -> None:
    teacher.get_by_role("dialog").get_by_role("button", name=text(f"classroom.{step}", "en")).click()


def refused(page: Page, said: str, why: str) -> None:
    """That what is said is not counted, and why."""
    assert page.evaluate(SAID, said) == {"kind": "refused", "text": KiokuError(why).text("en")}


def fits(page: Page, width: int) -> None:
    """That a phone shows all of it, every control can be touched, and nothing shuts a reader out."""
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    heights = page.locator("button, a, input").evaluate_all("all => all.map(one => one.offsetHeight)")
    assert min(height for height in heights if height) >= 24


def attack(page: Page, room: str, victim: Page) -> None:
    """Try to vote for what is not there, in another vote, and for somebody else."""
    page.goto(room)
    assert COOKIE not in page.evaluate("document.cookie")
    (token,) = [one["value"] for one in victim.context.cookies() if one["name"] == COOKIE]
    refused(page, '{"turn": 1, "option": 99}', "room_option")
    refused(page, '{"turn": 0, "option": 0}', "room_turn")
    refused(page, f'{{"turn": 1, "option": 0, "voter": "{token}"}}', "room_heard")
    refused(page, "<script>", "room_heard")
    page.evaluate(f"document.cookie = '{COOKIE}=; Max-Age=0; Path=/'")  # no script takes it away either
    for option in (0, 2, 3):
        choose(page, option, "en")


def test_a_class_votes_and_nobody_votes_for_another(enter: Enter, browser: Browser) -> None:
    with phone(browser, 360, "ja-JP") as pupil, phone(browser, 390) as other:
        teacher, room = enter()
        votes = teacher.locator(".votes strong")
        expect(votes).to_have_text(text("classroom.count", "en", count=0))
        pupil.goto(room)
        choose(pupil, 5, "ja")
        expect(votes).to_have_text(text("classroom.count", "en", count=1))
        fits(pupil, 360)
        attack(other, room, pupil)
        expect(votes).to_have_text(text("classroom.count", "en", count=2))
        press(teacher, "close")
        chosen = text("order.vote_count", "ja", count=5)
        expect(pupil.locator(".said")).to_have_text(text("classroom.phone.closed.voted", "ja", option=chosen))
        refused(other, '{"turn": 1, "option": 0}', "room_closed")
        press(teacher, "again")
        expect(pupil.locator("[aria-pressed=true]")).to_have_count(0)
        refused(other, '{"turn": 1, "option": 0}', "room_turn")
        choose(pupil, 5, "ja")
        press(teacher, "close")
        expect(teacher.locator(".st-key-classroom_reveal")).to_be_visible()
        assert teacher.locator(".st-key-chart_votes").count() == 0
        press(teacher, "reveal")
        teacher.wait_for_selector(".st-key-chart_votes .main-svg")
        five = text("order.vote_count", "en", count=5)
        said = text("votes.twice", "en", right=1, total=2, again=1, total_again=1, options=five)
        expect(teacher.get_by_role("dialog").locator(".finding")).to_have_text(said)
        assert barriers(teacher) == []


def test_the_room_is_the_teachers_also_after_a_reload_and_nobody_elses(
    enter: Enter, visit: Visit, browser: Browser, site: Site
) -> None:
    with phone(browser, 390) as pupil:
        teacher, room = enter()
        other = visit("cell", lang="en", locale="en-GB")  # in a browser of their own
        teacher.goto(f"{site.url}/cell?lang=en")
        settle(teacher)
        for page in (teacher, other):
            hands(page)
        expect(teacher.locator(".room strong")).to_have_text(room[-5:])
        expect(other.locator(".st-key-classroom_start")).to_be_visible()
        assert other.locator(".room").count() == 0
        pupil.goto(room)
        expect(pupil.locator(".options button")).to_have_count(7)
        press(teacher, "end")
        expect(pupil.locator(".said")).to_have_text(KiokuError("room_unknown").text("en"))
        expect(pupil.locator("#code")).to_be_visible()


def test_the_note_for_teachers_is_printed_alone(visit: Visit, site: Site) -> None:
    teacher = visit("order", lang="en")
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
