from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from pages._ui.sentence import EXAMPLES, bubble, card
from rnn_core.messages import LANGUAGES
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


def stems_said(lang: str, *words: str, known: bool = True, outputs: tuple[str, ...] = ()) -> list[str]:
    """What is said of stems, under a sentence of these words."""

    def page() -> None:
        from types import SimpleNamespace

        import streamlit as st

        from pages._ui.sentence import remarks
        from rnn_core.text.tokenizer import Token

        lang, words, known, outputs = st.session_state["given"]
        tokens = [Token(word, known, "") for word in words]
        remarks(SimpleNamespace(lang=lang), tokens, cut=False, outputs=outputs)

    at = AppTest.from_function(page, default_timeout=30)
    at.session_state["given"] = lang, words, known, outputs
    at.run()
    assert not at.exception
    begins = {"en": "A word that ends in っ", "ja": "のように「っ」で"}[lang]
    return [one.proto.body for one in at.get("html") if begins in one.proto.body]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_word_that_seems_to_be_half_of_one_is_explained_wherever_it_comes(lang: str) -> None:
    named = {"en": "“だっ” (was)", "ja": "「だっ」のように"}[lang]
    for said in (
        stems_said(lang, "雨", "だっ", "た"),
        stems_said(lang, "行っ", "た", outputs=("だっ",)),
        stems_said(lang, "雨", outputs=("ね", "だっ")),
    ):
        (line,) = said
        assert named in line
    assert stems_said(lang, "雨", outputs=("ね",)) == []
    assert stems_said(lang, "あっ", known=False) == []  # an exclamation is no stem


def test_every_word_of_the_vocabulary_that_ends_so_is_a_stem() -> None:
    ends = [word for word in smalltalk.vocabulary().words if word.endswith("っ")]
    following = {
        example.words[at + 1]
        for example in smalltalk.examples()
        for at, word in enumerate(example.words)
        if word in ends
    }
    assert ends
    assert following <= {"た", "て"}
