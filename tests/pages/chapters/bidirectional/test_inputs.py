from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pages._chapters.bidirectional.inputs import CONTRASTS, Reading, _has_shape
from pages._ui.shell import CHAPTERS
from rnn_core.messages import LANGUAGES, text
from rnn_core.segmentation.model import segmented
from rnn_core.segmentation.tags import LATER, NEEDED
from tests.pages.reading import html

if TYPE_CHECKING:
    from tests.pages.conftest import Open


def test_the_chapter_opens_with_the_first_contrast() -> None:
    chapter = next(row for row in CHAPTERS if row.name == "bidirectional")
    assert dict(chapter.opens) == {"text": NEEDED}
    assert next(iter(CONTRASTS.values())) == NEEDED
    assert len(set(CONTRASTS.values())) == len(CONTRASTS)


def test_what_is_looked_at_is_the_chosen_half_and_the_text_is_the_same(warm: None) -> None:
    found = {later: segmented(NEEDED, later, "犬") for later in LATER}
    for later in LATER:
        reading = Reading(found, later, 0)
        assert reading.seen is found[later]
        assert reading.own is found["own"]
        assert reading.text == NEEDED


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("typed", "read"), [("ﾃﾝｷ", "テンキ"), ("㍿", "株式会社"), ("İ", "I")])
def test_a_text_that_is_read_otherwise_is_shown_as_it_is_read(
    open_page: Open, lang: str, typed: str, read: str
) -> None:
    at = open_page(page="bidirectional", lang=lang, text=typed)
    assert text("bidirectional.read_as", lang, sentence=read) in html(at)


def test_marks_and_joiners_are_not_named_alone() -> None:
    assert [_has_shape(character) for character in "🎉é\u200d\ufe0f\u0301"] == [True, True, False, False, False]
