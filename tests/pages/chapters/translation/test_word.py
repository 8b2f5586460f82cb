from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rnn_core.messages import text
from tests.pages.reading import drawing, html

if TYPE_CHECKING:
    from tests.pages.conftest import Open


@pytest.mark.parametrize(
    ("query", "asked", "told"),
    [
        ({}, True, False),
        ({"guess_spelling": "1"}, True, True),
        ({"english": "queue"}, False, True),
        ({"network": "kanji"}, False, True),
    ],
)
def test_what_would_tell_waits_for_the_guess(open_page: Open, query: dict[str, str], asked: bool, told: bool) -> None:
    at = open_page(page="translation", lang="en", **query)
    assert bool(drawing(at, "seq2seq")["question"]) == asked
    assert (text("translation.steps", "en") in html(at)) == told
