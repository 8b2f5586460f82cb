from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pages._chapters.bidirectional.inputs import CONTRASTS, Reading, _has_shape
from pages._ui.shell import CHAPTERS
from rnn_core.figures.characters import divided
from rnn_core.messages import LANGUAGES, text
from rnn_core.segmentation.model import segmented
from rnn_core.segmentation.tags import LATER, NEEDED
from tests.pages.reading import drawing, html

if TYPE_CHECKING:
    from tests.pages.conftest import Open


def test_the_chapter_opens_with_the_first_contrast() -> None:
    chapter = next(row for row in CHAPTERS if row.name == "bidirectional")
    assert dict(chapter.opens) == {"text": NEEDED}
    sentences = [one.silent["text"] for one in CONTRASTS]
    assert sentences[0] == NEEDED
    assert len(set(sentences)) == len(CONTRASTS)


def test_what_is_looked_at_has_the_chosen_direction_and_unchanged_the_original_one(warm: None) -> None:
    own = segmented(NEEDED)
    for later in LATER:
        reading = Reading(own, segmented(NEEDED, later, "犬"), "犬", None)
        assert (reading.later, reading.text) == (later, NEEDED)
        assert reading.unchanged.seen is own


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
    ja, en = (open_page(page="bidirectional", lang=lang, text=NEEDED) for lang in LANGUAGES)
    assert text("bidirectional.romaji", "en") in html(en)
    assert text("bidirectional.romaji", "ja") not in html(ja)
    assert [len(drawing(at, "directions")["glosses"]) for at in (ja, en)] == [0, 10]
