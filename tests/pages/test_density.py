"""How much stands on a chapter's page: its words and pictures as it opens, with every guess made."""

from __future__ import annotations

import re
import sys
from html import unescape
from typing import TYPE_CHECKING

import pytest

from pages._ui.address import controls_of
from pages._ui.contents import CHAPTERS
from rnn_core.messages import LANGUAGES
from tests.pages.opening import at_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streamlit.testing.v1 import AppTest

    from pages._ui.chapter import Chapter

WORDS, PICTURES = 700, 8
TABLE = r'<table class="claims.*?</table>'
GUESSED = ("curve",)  # by drawing
SILENT = ("html_lang", "bring", "save_image", "file_named")  # components that are no picture
LABELLED = (
    "button",
    "button_group",
    "popover",
    "text_input",
    "number_input",
    "slider",
    "selectbox",
    "radio",
    "expander",
)


def skipped(chapter: Chapter) -> dict[str, str]:
    """The chapter's guesses in an address that makes none of them."""
    rows = controls_of(chapter)
    return {key: "skip" for key in chapter.controls if rows[key].asked_of or key in GUESSED or key.startswith("guess")}


def revealed(chapter: Chapter, lang: str) -> AppTest:
    """The page as it opens, with every guess skipped."""
    at = at_address(chapter.name, {"lang": lang, **skipped(chapter)}).run()
    assert not at.exception
    return at


def said(at: AppTest) -> Iterator[str]:
    """Every text in sight: HTML, Markdown, alerts, and what widgets are called."""
    for element in at.get("html"):
        yield unescape(re.sub(r"<style>.*?</style>|<[^>]*>", " ", element.proto.body, flags=re.DOTALL))
    for kind in ("markdown", "caption", "info", "warning", "error"):
        yield from (element.value for element in at.get(kind))
    for kind in LABELLED:
        yield from (str(getattr(element.proto, "label", "")) for element in at.get(kind))


def words(at: AppTest) -> int:
    """How many words are in sight; those of a table of numbers are its picture's."""
    tables = "".join(re.findall(TABLE, "".join(one.proto.body for one in at.get("html")), flags=re.DOTALL))
    return sum(map(_count, said(at))) - _count(unescape(re.sub(r"<[^>]*>", " ", tables)))


def _count(text: str) -> int:
    return len(re.findall(r"\w[\w’'-]*", text))


def pictures(at: AppTest) -> int:
    """How many charts and drawings are in sight."""
    drawn = [one for one in at.get("bidi_component") if not one.proto.component_name.endswith(SILENT)]
    tables = sum(len(re.findall(TABLE, one.proto.body, flags=re.DOTALL)) for one in at.get("html"))
    return len(at.get("plotly_chart")) + len(drawn) + tables


def anchors(at: AppTest) -> list[str]:
    """What a link calls the parts in sight."""
    return re.findall(r'<h2 class="part" id="([^"]*)"', "".join(one.proto.body for one in at.get("html")))


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda row: row.name)
def test_a_chapter_is_no_report(warm: None, chapter: Chapter, capsys: pytest.CaptureFixture[str]) -> None:
    pages = {lang: revealed(chapter, lang) for lang in LANGUAGES}
    counts = words(pages["en"]), pictures(pages["en"])
    with capsys.disabled():
        letters = sum(len(re.sub(r"\s", "", text)) for text in said(pages["ja"]))
        table = f"\n{chapter.name:14} {counts[0]:5} words {counts[1]:3} pictures {letters:6} characters in Japanese "
        sys.stdout.write(table)
    assert (counts[0] <= WORDS, counts[1] <= PICTURES) == (True, True)
    assert pictures(pages["ja"]) == counts[1]
    # A link can point to each of its parts, whatever the language.
    parts = {lang: anchors(page) for lang, page in pages.items()}
    assert parts["ja"] == parts["en"]
    assert len(set(parts["en"])) == len(parts["en"])
