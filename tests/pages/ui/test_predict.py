from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from rnn_core.messages import text


def small_page() -> None:
    import streamlit as st

    from pages._ui import controls, predict
    from pages._ui.chapter import Chapter
    from pages._ui.shell import CHAPTERS, View
    from rnn_core.figures import Theme

    state, notices = controls.settle(Chapter("small", "inside", 1, ("guess",)), {"lang": "en"})
    view = View(CHAPTERS[0], "en", Theme(), state, notices)
    answer = predict.ask(view, "cell.predict", {1: "a", 2: "*b*"})
    st.code(f"{answer.revealed} {answer.guess}")
    if answer.revealed:
        predict.again(view)
        st.html(predict.verdict_said(view, "near", "It was 10⁻³ < b."))


def app(**query: str) -> AppTest:
    at = AppTest.from_function(small_page)
    for key, value in query.items():
        at.query_params[key] = value
    at.run()
    assert not at.exception
    return at


def test_the_picture_waits_for_a_guess_which_is_then_in_the_address() -> None:
    at = app()
    assert at.code[0].value == "False None"
    assert "guess" not in at.query_params
    at.pills(key="guess").set_value(2).run()
    assert at.code[0].value == "True 2"
    assert at.query_params["guess"] == "2"
    assert not at.pills
    at.run()
    assert at.code[0].value == "True 2"


def test_it_can_be_seen_without_a_guess() -> None:
    at = app()
    at.button(key="skip_guess").click().run()
    assert at.code[0].value == "True None"
    assert at.query_params["guess"] == "skip"


@pytest.mark.parametrize("guess", ["1", "skip"])
def test_a_link_keeps_what_was_revealed_and_the_question_can_be_asked_again(guess: str) -> None:
    at = app(guess=guess)
    assert at.code[0].value.startswith("True")
    at.button(key="again_guess").click().run()
    assert at.code[0].value == "False None"
    assert "guess" not in at.query_params
    at.pills(key="guess").set_value(1).run()
    assert at.code[0].value == "True 1"


def test_a_guess_that_is_not_among_the_answers_is_said_and_asked_again() -> None:
    at = app(guess="9")
    assert at.code[0].value == "False None"
    assert [warning.value for warning in at.warning] == [text("predict.unknown", "en", given=9)]
    at.pills(key="guess").set_value(1).run()
    assert at.code[0].value == "True 1"
    assert not at.warning


def test_a_verdict_says_so_and_why() -> None:
    at = app(guess="1")
    (said,) = (one.proto.body for one in at.get("html") if "verdict" in one.proto.body)
    assert 'class="verdict near"' in said
    assert f"<strong>{text('predict.verdict.near', 'en')}</strong> It was 10<sup>−3</sup> &lt;" in said
