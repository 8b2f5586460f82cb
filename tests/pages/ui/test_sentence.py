from __future__ import annotations

import pytest

from pages._ui.sentence import EXAMPLES, bubble, card
from rnn_core.models.model_trace import Guess
from rnn_core.tasks import smalltalk
from rnn_core.text.tokenizer import Token, segment


@pytest.mark.parametrize("sentence", EXAMPLES)
def test_the_network_knows_every_word_of_an_example(sentence: str) -> None:
    vocabulary = smalltalk.vocabulary()
    assert [token for token in segment(sentence).tokens if token not in vocabulary] == []


def test_acard_shows_the_word_as_text_with_a_gloss_for_those_who_need_it() -> None:
    token = Token("<b>", known=False, gloss="a & b")
    assert "&lt;b&gt;" in card(token, "en")
    assert "<small>a &amp; b</small>" in card(token, "en")
    assert "small" not in card(token, "ja")
    assert "unknown" in card(token, "ja")
    assert "unknown" not in card(Token("今日", known=True, gloss=""), "en")


def test_thebubble_is_open_while_the_sentence_goes_on() -> None:
    assert 'class="says"' in bubble(Guess("そうだね!", 0.87, ends=True, gloss=""), "ja")
    assert "87%" in bubble(Guess("そうだね!", 0.87, ends=True, gloss=""), "ja")
    assert "&gt; 99%" in bubble(Guess("そうだね!", 0.9996, ends=True, gloss=""), "en")
    assert 'class="says open"' in bubble(Guess("ね", 0.5, ends=False, gloss=""), "ja")
