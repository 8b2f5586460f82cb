from __future__ import annotations

import pytest

from rnn_core.figures.feeling_kinds import COLOURS, kind_name
from rnn_core.figures.theme import LINES
from rnn_core.messages import LANGUAGES
from rnn_core.tasks import kaomoji, sentiment


@pytest.mark.parametrize("kinds", [kaomoji.FEELINGS, sentiment.FEELINGS])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_feelings_that_stand_together_differ_in_name_and_colour(kinds: tuple[str, ...], lang: str) -> None:
    assert len({kind_name(kind, lang) for kind in kinds}) == len({COLOURS[kind] for kind in kinds}) == len(kinds)
    assert all(COLOURS[kind] < len(LINES["light"]) for kind in kinds)
