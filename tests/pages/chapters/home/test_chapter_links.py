"""The first page leads into every chapter that exists, with the question that it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pages._chapters.home.timeline import LINE
from pages._ui.shell import CHAPTERS
from rnn_core.messages import LANGUAGES, text

if TYPE_CHECKING:
    from tests.pages.conftest import Open


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_other_chapter_is_linked_with_its_question(open_page: Open, lang: str) -> None:
    links = [link.proto for link in open_page(lang=lang).get("page_link")]
    links = [link for link in links if link.label.startswith("**")][len(LINE) : len(LINE) + len(CHAPTERS) - 1]
    assert len(links) == len(CHAPTERS) - 1
    for link, row in zip(links, CHAPTERS[1:], strict=True):
        assert link.page == row.path
        assert text(f"{row.name}.question", lang) in link.label
