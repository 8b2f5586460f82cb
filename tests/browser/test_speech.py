"""Sound and cursor, the threshold in the browser, and a sound of one's own: a file, and a microphone of Chromium's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from bench.browser import started
from rnn_core.messages import text
from rnn_core.sound.clips import scene
from rnn_core.speech.detector import hear
from rnn_core.speech.measures import errors
from tests.browser.conftest import BEEPS, COLD, LEAN, listen, settle
from tests.browser.reading import address, overheard, sounding
from tests.rnn_core.sound.test_wav import pcm

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.browser.conftest import Site, Visit

pytestmark = pytest.mark.browser
APART = 0.05  # seconds that sound and cursor may be apart
# At every frame while it plays: where the sound is, and where the cursor says that it is.
SEEN = '[audio.currentTime, along(root.querySelector(".track-cursor")) * track.width * 0.032]'


def test_the_cursor_is_where_the_sound_is_and_nothing_is_sent_meanwhile(visit: Visit) -> None:
    page = visit("speech", sound="letters", lang="en", guess_held="skip", t="1")
    with overheard(page) as sent:
        rows = sounding(page, "speech", "!audio.ended", SEEN)
    assert len(rows) > 20
    assert rows[-1][0] > 2
    apart = sorted(abs(heard - shown) for heard, shown in rows)
    assert apart[int(0.9 * len(apart))] <= APART, apart  # the others are frames in which the machine did something else
    assert sent.count("a message") <= 1  # where it came to rest


def test_the_threshold_counts_at_once_and_is_in_the_address(visit: Visit) -> None:
    page = visit("speech", sound="digits", lang="en", guess_held="skip")
    found, slider = scene("digits"), page.locator(".threshold input")
    assert found.spoken is not None
    with overheard(page) as sent:
        slider.evaluate("node => { node.value = 0.9; node.dispatchEvent(new Event('input')); }")
        wrong = errors(hear(found.samples).speech, found.spoken, 0.9)
        said = f"missed {wrong.missed} / {int(found.spoken.sum())}, false alarms {wrong.alarms}"
        expect(page.locator(".counts")).to_contain_text(said)
    assert sent == []
    slider.evaluate("node => node.dispatchEvent(new Event('change'))")
    page.wait_for_url("**threshold=0.9*")
    settle(page)


def test_a_file_is_heard_and_one_that_is_none_is_a_sentence(visit: Visit, tmp_path: Path) -> None:
    page = visit("speech", lang="en", guess_held="skip")
    page.get_by_role("button", name="Your own sound").click()
    for name, data in (("a.wav", pcm(scene("digits").samples, 16_000)), ("b.wav", b"\xff\xd8\xff" + bytes(2000))):
        (tmp_path / name).write_bytes(data)
    field = page.locator(".st-key-file input[type=file]")
    field.set_input_files(tmp_path / "a.wav")
    page.wait_for_url("**sound=own*")
    expect(page.locator(".counts")).to_contain_text("speech 25 / 90")
    field.set_input_files(tmp_path / "b.wav")
    expect(page.get_by_test_id("stAlertContentError")).to_contain_text(text("errors.wav_kind", "en"))


@pytest.fixture
def speaking(browser: Browser, site: Site) -> Iterator[Page]:
    """A reader who lets the microphone be heard, which is Chromium's own and beeps."""
    chromium = started(browser.browser_type, COLD, BEEPS, "--use-fake-ui-for-media-stream", names=LEAN)
    page = chromium.new_context(permissions=["microphone"], locale="ja-JP").new_page()
    errors: list[str] = []
    listen(page, errors)
    page.goto(f"{site.url}/speech?lang=ja&guess_held=skip")
    settle(page)
    yield page
    chromium.close()
    assert errors == []


def test_a_voice_is_recorded_and_heard_and_nobody_else_has_it(speaking: Page, visit: Visit) -> None:
    page = speaking
    page.get_by_role("button", name=text("speech.own", "ja")).click()
    record = page.locator(".st-key-voice [data-testid=stAudioInputActionButton]")
    record.click()
    page.wait_for_timeout(1200)  # of a recording there is no other measure than its time
    record.click()
    page.wait_for_url("**sound=own*")
    expect(page.locator(".counts")).to_contain_text("/")
    assert int(page.locator(".kioku.speech .transport input").get_attribute("max") or 0) > 15
    expect(page.get_by_test_id("stAlertContentError")).to_have_count(0)
    other = visit("speech", lang="ja", sound="own", guess_held="skip")
    expect(other.get_by_test_id("stAlertContentInfo")).to_contain_text(text("speech.none_yet", "ja")[:12])
    assert address(other)["sound"] == "own"


def test_where_the_microphone_is_refused_it_is_said_what_else_is_accepted(visit: Visit, tmp_path: Path) -> None:
    page = visit(
        "speech", lang="en", guess_held="skip"
    )  # who has a microphone, but is not asked and lets nobody hear it
    page.get_by_role("button", name="Your own sound").click()
    voice = page.locator(".st-key-voice")
    voice.locator("[data-testid=stAudioInputActionButton]").click()
    expect(voice).to_contain_text(re.compile("microphone|error"))
    expect(page.get_by_text("A file works without a microphone too.")).to_be_visible()
    (tmp_path / "a.wav").write_bytes(pcm(scene("digits").samples, 16_000))
    page.locator(".st-key-file input[type=file]").set_input_files(tmp_path / "a.wav")
    page.wait_for_url("**sound=own*")
    expect(page.locator(".counts")).to_contain_text("speech 25 / 90")
