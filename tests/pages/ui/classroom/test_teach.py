"""The note for teachers of every chapter: folded, whole, and true of what was measured."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from pages._ui.address import controls_of, parse
from pages._ui.classroom.teach import STEPS
from pages._ui.contents import CHAPTERS, find_part
from rnn_core.messages import LANGUAGES, catalogue, text
from tests.pages.alternating import alternately

if TYPE_CHECKING:
    from pages._ui.chapter import Chapter
    from tests.pages.conftest import Open

TEACHING = [row for row in CHAPTERS if find_part(row, "vote")]


def note(open_page: Open, chapter: Chapter, lang: str, **query: str) -> str:
    at = open_page(page=chapter.name, lang=lang, **query)
    (folded,) = [one for one in at.expander if one.label == text("teach.open", lang)]
    assert not folded.children  # it gives nothing away
    at.session_state["teach"] = True
    at.run()
    assert not at.exception
    return next(body for element in at.get("html") if 'class="lesson"' in (body := element.proto.body))


@pytest.mark.parametrize(("lang", "chapter"), alternately(TEACHING))
def test_a_chapter_has_its_note(open_page: Open, chapter: Chapter, lang: str) -> None:
    said = note(open_page, chapter, lang)
    letters = re.findall(r"<strong>([^<]+)</strong>", said)
    asked = find_part(chapter, "vote")
    assert letters[0].startswith(text("teach.expected", lang, letters="").rstrip(" .。"))
    others = re.findall("[A-L]", "".join(letters[1:]))
    right = re.findall("[A-L]", letters[0].removeprefix("Measured"))
    options = len(re.findall("<li>", said.partition("</ol>")[0]))
    assert sorted(right + others) == list("ABCDEFGHIJKL"[:options])  # each answer is right or has something behind it
    assert len(re.findall("<li>", said.rpartition("<ol>")[2])) == STEPS
    links = [unescape(link) for link in re.findall('<a href="([^"]+)"', said)]
    assert len(set(links)) == len(links) == len(asked.LESSON.links) == 3
    for link in links:
        query = parse_qs(urlsplit(link).query, keep_blank_values=True)
        state, notices = parse(query, controls_of(chapter))
        assert (notices, state["lang"]) == ((), lang)
        assert not {row.key for row in chapter.own if row.is_guess} & query.keys()


def test_a_page_on_which_nothing_is_asked_still_has_links_and_plan(open_page: Open) -> None:
    chapter = next(row for row in TEACHING if row.name == "cell")
    said = note(open_page, chapter, "en", text="犬")
    assert text("classroom.none", "en") in said
    assert said.count("<a ") == 3


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_chapter_says_what_to_show_and_what_to_ask_last(lang: str) -> None:
    messages = catalogue(lang)
    assert [row.name for row in TEACHING if f"teach.{row.name}.show" not in messages] == []
    closing = [messages[f"teach.{row.name}.close"] for row in TEACHING]
    assert {one[-1] for one in closing} == {"？" if lang == "ja" else "?"}
