"""The film strip in a real browser: a frame is guessed by keys, and a path is drawn and walked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.rnn_core.tasks.video.films import gif

if TYPE_CHECKING:
    from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser


def test_a_frame_is_guessed_by_keys_and_the_answer_is_drawn_over_it(visit: Visit) -> None:
    page = visit("video", lang="en", cell="lstm", motion="hidden", t="5")
    assert page.locator(".video .curve").count() == 0
    page.locator(".video .stage").press("ArrowRight")
    page.wait_for_url("**t=6**")
    page.locator(".video .ask .guess").press("Enter")
    page.wait_for_url("**guess_peak=6**")
    expect(page.locator(".video .peak")).to_have_count(1)
    expect(page.locator(".video .mark")).to_have_text("▼")
    expect(page.locator(".video .finding")).to_contain_text("Largest in frame 12")
    assert page.locator(".video canvas.frame").count() == 16 + 2 * 15


def test_a_path_is_walked_or_drawn_and_becomes_the_clip(visit: Visit) -> None:
    page = visit("video", lang="ja")
    field = page.locator(".path .field")
    field.press("ArrowRight")
    field.press("ArrowDown")
    field.press("Enter")
    page.wait_for_url("**path=4555555**")
    page.wait_for_url("**motion=own**")
    box = field.bounding_box()
    assert box
    page.mouse.move(box["x"] + 60, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 160, box["y"] + 60, steps=8)
    page.mouse.up()
    page.wait_for_url("**path=00**")


def test_a_film_is_read_and_said(visit: Visit) -> None:
    page = visit("video", lang="en")
    page.locator('[data-testid="stFileUploaderDropzoneInput"]').set_input_files(
        {"name": "film.gif", "mimeType": "image/gif", "buffer": gif(30)}
    )
    expect(page.get_by_text("30 frames read, 64 × 36 pixels in the file.")).to_be_visible(timeout=60_000)
