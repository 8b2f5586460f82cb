"""The exam: where the answer to each of its questions stands, on the screen and within three clicks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from string import Formatter
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import pytest

from pages._ui.contents import CHAPTERS
from rnn_core.messages import LANGUAGES, Counted, catalogue
from rnn_core.text.typography import SUPERSCRIPT
from tests.pages.opening import at_address
from tests.pages.test_density import SILENT, said, skipped
from tests.reading import ROOT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from streamlit.testing.v1 import AppTest

    from pages._ui.chapter import Chapter

# Those of /your-model are the reader's own.
EXAMINED = tuple(chapter for chapter in CHAPTERS if chapter.name != "your_model")
PAPERS: Mapping[str, str] = {"en": "exam.md", "ja": "exam.ja.md"}
EACH, CLICKS = 10, 3
PLACE = r"`(?P<message>[\w.]+)`(?: `\?(?P<query>[^`]+)`)?(?: `\+(?P<fold>\w+)`)?"
ROW = re.compile(rf"\| \d+ \| (?P<asks>[^|]+) \| {PLACE} \|")
PLAIN = {raised: chr(plain).replace("-", "−") for plain, raised in SUPERSCRIPT.items()}


@dataclass(frozen=True)
class Question:
    """One row: what is asked, and where the answer stands."""

    asks: str
    message: str
    query: str
    fold: str


def questions(lang: str) -> dict[str, list[Question]]:
    """Those of each chapter, by its path."""
    paper = (ROOT / "docs" / PAPERS[lang]).read_text(encoding="utf-8")
    parts = re.split(r"^## .* `/([\w-]*)`$", paper, flags=re.MULTILINE)[1:]
    return {
        path: [Question(**{name: value or "" for name, value in row.groupdict().items()}) for row in ROW.finditer(part)]
        for path, part in zip(parts[::2], parts[1::2], strict=True)
    }


def shown(chapter: Chapter, lang: str, query: str, fold: str) -> str:
    """All that a page says, in its drawings too, once every guess is skipped."""
    at = at_address(chapter.name, {"lang": lang, **skipped(chapter), **dict(parse_qsl(query))})
    if fold:
        at.session_state[fold] = True
    at.run()
    assert not at.exception
    return _bare("".join(_everything(at)))


def _everything(at: AppTest) -> Iterator[str]:
    yield from said(at)
    for link in at.get("page_link"):
        yield link.proto.label
    for element in at.get("html"):
        yield from map(unescape, re.findall(r'aria-label="([^"]*)"', element.proto.body))
    for picture in at.get("plotly_chart"):
        yield picture.proto.alt
        yield from _strings(json.loads(picture.proto.spec))
    for one in at.get("bidi_component"):
        if not one.proto.component_name.endswith(SILENT):
            yield from _strings(json.loads(one.proto.json))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _strings(inner)


def stands(message: str, lang: str, page: str) -> bool:
    """Whether a message is on a page: filled, or as a drawing has it that fills it itself."""
    template = catalogue(lang)[message]
    wordings = template.forms.values() if isinstance(template, Counted) else (template,)
    return any(re.search(_pattern(wording), page) or _bare(wording) in page for wording in wordings)


def _pattern(wording: str) -> str:
    """What a wording looks like when its places are filled."""
    return ".{1,400}?".join(re.escape(_bare(literal)) for literal, *_ in Formatter().parse(wording))


def _bare(said: str) -> str:
    """A text without what a page adds: spaces, and digits that stand higher."""
    return re.sub(r"\s+", "", said).translate(str.maketrans(PLAIN))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_chapter_has_ten_questions(lang: str) -> None:
    assert {path: len(rows) for path, rows in questions(lang).items()} == dict.fromkeys(
        (row.address for row in EXAMINED), EACH
    )


def test_both_papers_ask_the_same_and_nothing_twice() -> None:
    en, ja = (questions(lang) for lang in LANGUAGES[::-1])
    for path, rows in en.items():
        assert [(row.message, row.query, row.fold) for row in rows] == [
            (row.message, row.query, row.fold) for row in ja[path]
        ]
    for paper in (en, ja):
        asked = [row.asks for rows in paper.values() for row in rows]
        assert len(set(asked)) == len(asked)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("chapter", EXAMINED, ids=lambda row: row.name)
def test_the_answer_is_on_the_screen_or_three_clicks_away(warm: None, chapter: Chapter, lang: str) -> None:
    rows = questions(lang)[chapter.address]
    pages = {state: shown(chapter, lang, *state) for state in {(row.query, row.fold) for row in rows}}
    assert all(len(parse_qsl(query)) + bool(fold) + 1 <= CLICKS for query, fold in pages)  # the guess is a click
    assert [row.asks for row in rows if not stands(row.message, lang, pages[row.query, row.fold])] == []


def test_what_is_not_there_is_not_found() -> None:
    assert stands("figures.next_word.best", "en", _bare("After “ね”: “そうだね!” with 87%."))
    assert not stands("figures.next_word.best", "en", _bare("After “ね” nothing is said."))
    assert not stands("home.lead", "en", "")
