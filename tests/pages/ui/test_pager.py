from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pages._ui import pager
from pages._ui.contents import CHAPTERS
from rnn_core.messages import LANGUAGES, text

if TYPE_CHECKING:
    from pages._ui.chapter import Chapter
    from tests.pages.conftest import Open

each_chapter = pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda row: row.name)


def test_each_chapter_leads_to_the_next_and_back() -> None:
    before, after = zip(*map(pager.beside, CHAPTERS), strict=True)
    assert before == (None, *CHAPTERS[:-1])
    assert after == (*CHAPTERS[1:], None)


@each_chapter
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_ends_with_the_next_chapter_and_its_question(open_page: Open, chapter: Chapter, lang: str) -> None:
    at = open_page(page=chapter.name, lang=lang)
    links = [element.proto.label for element in at.get("page_link")]
    before, after = pager.beside(chapter)
    place = f"{pager.number(chapter)} / {len(CHAPTERS)}"
    assert sum(place in element.proto.body for element in at.get("html")) == 2
    if before:
        assert any(label.startswith("‹ ") and pager.title(before, lang) in label for label in links)
        assert text("ui.previous", lang, title=pager.title(before, lang)) in links
    if after:
        assert text(f"{after.name}.question", lang) in links[-1]
        assert text("ui.next", lang, title=pager.title(after, lang)) in links
