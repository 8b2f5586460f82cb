from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rnn_core.messages import LANGUAGES, text
from tests.pages.reading import html

if TYPE_CHECKING:
    from tests.pages.conftest import Open


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("query", "message", "places"),
    [
        ({"length": "once"}, "reply", {"output": "そうだね!", "step": 6, "words": 6}),
        ({"loss": "word", "length": "once"}, "word", {"output": "ね", "step": 5, "words": 6}),
        ({"loss": "word", "length": "once", "read": "2"}, "word", {"output": "天気", "step": 2, "words": 6}),
        ({"loss": "word", "length": "once", "read": "6"}, "reply", {"output": "そうだね!", "step": 6, "words": 6}),
        ({"loss": "unit", "unit": "3"}, "unit", {"unit": 3, "step": 60}),
    ],
)
def test_the_page_says_what_the_loss_is(
    open_page: Open, lang: str, query: dict[str, str], message: str, places: dict[str, object]
) -> None:
    assert text(f"gradients.loss.{message}", lang, **places) in html(open_page(page="gradients", lang=lang, **query))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("query", "note"),
    [({"act": "relu"}, "relu"), ({"fbias": "1"}, "fbias"), ({"rho": "0"}, "zero")],
)
def test_a_knob_without_effect_somewhere_is_explained(
    open_page: Open, lang: str, query: dict[str, str], note: str
) -> None:
    said = text(f"gradients.note.{note}", lang)[:24]
    assert said in html(open_page(page="gradients", lang=lang, **query))
    assert said not in html(open_page(page="gradients", lang=lang))


def test_more_steps_than_can_be_traced_back_are_refused_with_the_limit(open_page: Open) -> None:
    query = {"text": "1 2 3", "weights": "file:silero", "length": "200", "curve": "skip"}
    at = open_page(page="gradients", lang="en", **query)
    assert [one.value for one in at.error] == [text("errors.own_steps", "en", given=200, units=128, most=152)]
    assert not open_page(page="gradients", lang="en", **query | {"length": "once"}).error
