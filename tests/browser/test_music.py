"""Sound and playhead, keys that are played on, a MIDI file, and what is said of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect

from rnn_core.messages import text
from rnn_core.tasks.music.melodies import Note
from rnn_core.tasks.music.midi import write_midi
from tests.browser.conftest import settle
from tests.browser.reading import overheard, sounding

if TYPE_CHECKING:
    from pathlib import Path

    from tests.browser.conftest import Visit

import pytest

pytestmark = pytest.mark.browser
APART = 0.05  # seconds that sound and playhead may be apart
# At every frame while it plays: where the sound is, where the playhead says that it is, and where the note that is lit
# begins and ends.
SEEN = """[audio.currentTime, ...[[".track-cursor", 0], [".note.on", 0], [".note.on", 1]].map(([one, end]) => {
    const node = root.querySelector(one);
    return along(node, end * px(node, "width")) * track.width * 0.125;
})]"""


def test_the_playhead_and_the_note_that_is_lit_are_where_the_sound_is(visit: Visit) -> None:
    page = visit("music", lang="en", begins="bwv245.26", t="1", guess_unsure="skip")
    settle(page)
    with overheard(page) as sent:
        rows = sounding(page, "melody", "audio.currentTime < 4", SEEN)
    assert len(rows) > 10
    assert rows[-1][0] > 3
    apart = sorted(abs(heard - shown) for heard, shown, _, _ in rows)
    assert apart[int(0.9 * len(apart))] <= APART, apart  # the others are frames in which the machine did something else
    beside = sorted(max(begins - heard, heard - ends, 0) for heard, _, begins, ends in rows)
    assert beside[int(0.9 * len(beside))] <= APART, beside
    assert sent.count("a message") <= 1  # where it came to rest


def test_notes_that_are_played_are_gone_on_with(visit: Visit) -> None:
    page = visit("music", lang="en")
    keys = page.locator(".kioku.keyboard")
    keys.get_by_role("button", name="G4").click()
    keys.get_by_role("button", name="half", exact=True).click()
    keys.press("k")
    expect(keys.locator(".played")).to_contain_text("2 / 24: G4 · C5 2")
    keys.press("d")
    keys.press("Backspace")
    keys.get_by_role("button", name=text("piano_keys.go", "en")).click()
    page.wait_for_url("**melody=G4+C5%3A2**")
    settle(page)
    expect(page.locator(".melody .note.given")).to_have_count(2)
    expect(page.locator(".melody .finding")).to_contain_text("After C5")


def test_a_midi_file_is_gone_on_with_and_one_that_is_none_is_a_sentence(visit: Visit, tmp_path: Path) -> None:
    page = visit("music", lang="ja")
    (tmp_path / "a.mid").write_bytes(write_midi([Note(62, 4), Note(66, 4), Note(69, 8)]))
    (tmp_path / "b.mid").write_bytes(b"RIFF" + bytes(200))
    field = page.locator(".st-key-midi_file input[type=file]")
    field.set_input_files(tmp_path / "a.mid")
    page.wait_for_url("**melody=C4+E4+G4%3A2**")
    settle(page)
    expect(page.locator(".melody .note.given")).to_have_count(3)
    field.set_input_files(tmp_path / "b.mid")
    expect(page.get_by_test_id("stAlertContentError")).to_contain_text(text("errors.midi_kind", "ja"))
