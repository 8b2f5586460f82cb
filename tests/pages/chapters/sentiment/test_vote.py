from __future__ import annotations

import pytest

from pages._ui.classroom.ballot import MOST_OPTIONS
from rnn_core.models import sentiment
from rnn_core.tasks.sentiment import AFFIRMED, NEGATED, SHIPPED, TURNING
from tests.pages.voting import asked


@pytest.mark.parametrize("sentence", [NEGATED, AFFIRMED, TURNING])
def test_the_measured_word_is_where_one_direction_settles(sentence: str) -> None:
    from pages._ui import cache

    words = cache.words(sentence).tokens
    one = next(spec for spec in SHIPPED if spec.asked == "word")
    found = asked("sentiment", text=sentence)
    assert found
    assert found.right == (sentiment.classify(one, words).settled,)
    assert found.size == len(words)


@pytest.mark.parametrize("text", ["犬", "犬が" * MOST_OPTIONS])
def test_one_word_or_too_many_are_no_question(text: str) -> None:
    assert asked("sentiment", text=text) is None
