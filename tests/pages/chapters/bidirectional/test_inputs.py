from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pages._chapters.bidirectional.inputs import CONTRASTS, Reading, _has_shape
from pages._ui.shell import CHAPTERS
from rnn_core.figures.characters import divided
from rnn_core.messages import LANGUAGES, text
from rnn_core.segmentation.model import segmented
from rnn_core.segmentation.tags import LATER, NEEDED
from tests.pages.reading import html

if TYPE_CHECKING:
    from tests.pages.conftest import Open


def test_the_chapter_opens_with_the_first_contrast() -> None:
    chapter = next(row for row in CHAPTERS if row.name == "bidirectional")
    assert dict(chapter.opens) == {"text": NEEDED}
    sentences = [one.sets["text"] for one in CONTRASTS]
    assert sentences[0] == NEEDED
    assert len(set(sentences)) == len(CONTRASTS)


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


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_stem_and_its_ending_are_explained_where_they_are_two_words(open_page: Open, lang: str) -> None:
    whole, stem, ending = (divided((word,), lang) for word in ("だった", "だっ", "た"))
    said = text("bidirectional.split", lang, whole=whole, stem=stem, ending=ending)
    assert said in html(open_page(page="bidirectional", lang=lang, text="昨日は雨だった"))
    assert said not in html(open_page(page="bidirectional", lang=lang, text=NEEDED))


def test_the_system_of_the_latin_letters_is_named_where_they_stand(open_page: Open) -> None:
    ja, en = (html(open_page(page="bidirectional", lang=lang, text=NEEDED)) for lang in LANGUAGES)
    assert text("bidirectional.romaji", "en") in en
    assert "tenki" in en
    assert "tenki" not in ja
