from __future__ import annotations

import pytest

from pages._ui import cache
from pages._ui.classroom.ballot import MOST_OPTIONS
from rnn_core.models.feeling_reading import read
from rnn_core.tasks.feelings import SENTENCES, network
from rnn_core.tasks.sentiment import AFFIRMED, NEGATED, TURNING
from tests.pages.voting import asked


@pytest.mark.parametrize("sentence", [NEGATED, AFFIRMED, TURNING])
def test_the_measured_token_is_where_the_network_settles(sentence: str) -> None:
    words = cache.words(sentence).tokens
    found = asked("sentiment", text=sentence, cell="gru")
    assert found
    assert found.right == (read(network(SENTENCES, "gru"), words).settled,)
    assert found.size == len(words)


@pytest.mark.parametrize("text", ["犬", "犬が" * MOST_OPTIONS])
def test_one_word_or_too_many_are_no_question(text: str) -> None:
    assert asked("sentiment", text=text) is None
