from __future__ import annotations

import numpy as np
import pytest

from pages._chapters.attention import decoded
from pages._chapters.attention.decoded import LOOK, Decoded, Given, letters, named
from pages._ui.shell import CHAPTERS, View
from rnn_core.figures import Theme
from rnn_core.messages import LANGUAGES
from rnn_core.models.model_trace import ModelTrace
from rnn_core.specs import KATAKANA_HIDDEN, TranslatorSpec
from rnn_core.translation.decoding import translate

KATAKANA = TranslatorSpec(task="katakana", attention="dot", hidden=KATAKANA_HIDDEN)


@pytest.fixture(scope="module")
def tokyo() -> ModelTrace:
    return translate(KATAKANA, tuple("tokyo"))


def view(lang: str = "ja", **state: object) -> View:
    return View(CHAPTERS[0], lang, Theme(), {"t": None, "force": None, "token": "", **state}, ())


def fresh(attention: str) -> ModelTrace:
    spec = TranslatorSpec(task="phrases", attention=attention, hidden=8, weights="fresh")
    return translate(spec, ("今日", "は"), length=4)


def test_marks_have_a_sign_and_letters_their_names(tokyo: ModelTrace) -> None:
    shown = named(tokyo)
    assert [guess.text for guess in shown.written] == ["ト", "キ", "オ", "⏎"]
    assert [token.text for token in shown.source.tokens] == ["▷", *"tokyo", "⏎"]
    assert shown.tokens[0].text == "▷"
    assert [guess.text for guess in tokyo.written][-1] != "⏎"
    np.testing.assert_array_equal(shown.distribution, tokyo.distribution)


def test_what_frames_the_letters_is_the_networks_own(tokyo: ModelTrace) -> None:
    assert letters(decoded.decode(view(), tokyo)) == tuple("tokyo")
    assert letters(decoded.decode(view(), fresh("dot"))) == ("今日", "は")


@pytest.mark.parametrize("head", [None, 0, 3])
def test_the_weights_and_the_context_are_of_the_chosen_head(tokyo: ModelTrace, head: int | None) -> None:
    shown = decoded.decode(view(), tokyo, head)
    (layer,) = tokyo.attention
    wanted = layer[LOOK].mean(axis=1) if head is None else layer[LOOK][:, head]
    np.testing.assert_array_equal(shown.weights, wanted)
    assert shown.states.shape[1] == shown.context.shape[1] == KATAKANA_HIDDEN // (1 if head is None else 4)


def test_one_head_has_no_name_and_no_choice() -> None:
    shown = decoded.decode(view(), fresh("additive"), 2)
    assert shown.head is None
    assert decoded.head_name(view(), shown) == ""


def test_without_attention_the_states_are_the_encoders() -> None:
    trace = fresh("none")
    shown = decoded.decode(view(), trace)
    assert shown.weights is None
    both = trace.source.layers.layers[0]
    np.testing.assert_array_equal(shown.states, np.hstack([layer["hidden_state"] for layer in both]))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("head", [None, 1])
def test_the_map_is_made_from_the_trace(tokyo: ModelTrace, lang: str, head: int | None) -> None:
    shown = decoded.decode(view(lang), tokyo, head, step=1)
    assert decoded.attention_map(view(lang), shown).key == LOOK


def test_what_is_hidden_is_the_unknown_token_where_it_was_learned_and_nothing_elsewhere() -> None:
    words = Given("phrases", ("今日", "は", "暑い"), 2)
    assert (words.hides, words.read) == ("blank", ("今日", "は", "□"))
    letters = Given("names", ("は", "な", "こ"), 0)
    assert (letters.hides, letters.read) == ("out", ("な", "こ"))
    assert Given("names", ("は", "な")).read == ("は", "な")


def test_a_translation_that_was_cut_off_opens_on_its_last_word() -> None:
    assert not fresh("dot").finished
    assert decoded.decode(view(), fresh("dot")).step == 3
    assert decoded.decode(view(), fresh("dot")).whole.endswith("…")


def test_it_opens_on_its_end_or_on_the_step_of_the_address(tokyo: ModelTrace) -> None:
    shown: Decoded = decoded.decode(view(), tokyo)
    assert shown.step == 3
    assert shown.whole == "トキオ"
    assert decoded.decode(view(t=1), tokyo).step == 0
    assert decoded.decode(view(t=9), tokyo).step == 3  # another network may write more


def test_a_word_is_put_in_the_place_of_another_only_with_both() -> None:
    assert decoded.forced(view(force=2, token="コ")) == ((1, "コ"),)
    assert decoded.forced(view(force=2)) == decoded.forced(view(token="コ")) == ()
