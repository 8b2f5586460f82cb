"""The card on the page: that every chapter has one, and what it says of each kind of network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pages._ui.contents import CHAPTERS
from pages._ui.model_card import ROWS, table, values
from rnn_core.messages import LANGUAGES, text
from rnn_core.specs import ModelSpec, TranslatorSpec
from rnn_core.training.cards import NAGISA, describe
from tests.pages.opening import at_address

if TYPE_CHECKING:
    from pages._ui.chapter import Chapter


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda row: row.name)
def test_a_chapter_has_the_card_of_its_networks(warm: None, chapter: Chapter) -> None:
    at = at_address(chapter.name, {"lang": "en"})
    at.session_state["model_card"] = True
    at.run()
    assert not at.exception
    assert not at.error
    (found,) = [one.proto.body for one in at.get("html") if 'class="cards"' in one.proto.body]
    assert all(text(f"card.row.{row}", "en") in found for row in ROWS)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_card_says_whose_the_weights_are(lang: str) -> None:
    ours, fresh, theirs, segmenter = (
        values(describe(spec), lang)
        for spec in (
            ModelSpec(cell="lstm", hidden=16),
            ModelSpec(cell="lstm", hidden=16, weights="fresh", seed=7),
            TranslatorSpec(task="katakana", attention="dot", hidden=128),
            NAGISA,
        )
    )
    assert (ours["steps"], ours["licence"], "98.0%" in ours["accuracy"]) == ("4,240", "MIT", True)
    assert "7" in fresh["trained"]
    assert {fresh[row] for row in ("data", "licence", "objective", "steps", "accuracy", "file")} == {"–"}
    assert "e2k" in theirs["trained"]
    assert theirs["accuracy"] == segmenter["accuracy"] == text("card.unmeasured", lang)
    assert "nagisa" in segmenter["trained"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_training_that_stopped_by_itself_says_so(lang: str) -> None:
    translates = describe(TranslatorSpec(task="names", attention="dot", hidden=48))
    replies = describe(ModelSpec(cell="lstm", hidden=16))
    assert values(translates, lang)["steps"] == text("card.to_plateau", lang, steps=f"{translates.steps:,}")
    assert values(replies, lang)["steps"] == f"{replies.steps:,}"


def test_what_all_have_in_common_is_said_once() -> None:
    cards = [describe(ModelSpec(cell=cell, hidden=16)) for cell in ("rnn", "lstm")]
    found = table(cards, "en")
    assert found.count(">MIT<") == 1
    assert found.count("1,370 of 1,754") == found.count("1,719 of 1,754") == 1
