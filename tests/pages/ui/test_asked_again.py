"""A guess belongs to the settings that it was made for."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest


def guessing_page() -> None:
    from unittest.mock import patch

    import streamlit as st

    from pages._ui import controls
    from pages._ui.chapter import Chapter, Control

    guess = Control("guess_own", "number", None, ("skip",), low=1, high=9, asked_of=("text", "hidden"))
    curve = Control("curve", "text", "", asked_of=("cell",))
    names = {"one": ("text", "hidden", "cell", guess, curve), "other": ("text",)}
    name = st.query_params.get("chapter", "one")
    chapter = Chapter(name, "inside", len(name), names[name])
    rows = {**controls.CONTROLS, "guess_own": guess, "curve": curve}
    with patch.object(controls, "controls_of", lambda _: rows):
        state, _ = controls.settle(chapter, {"lang": "en"})
    for key in chapter.controls:
        if key in ("text", "curve"):
            st.text_input(key, key=key)
    st.code(repr((state["guess_own"], state["curve"])))


def app(**query: str) -> AppTest:
    at = AppTest.from_function(guessing_page)
    for key, value in query.items():
        at.query_params[key] = value
    at.run()
    assert not at.exception
    return at


def change(at: AppTest, **query: str) -> str:
    for key, value in query.items():
        at.query_params[key] = value
    at.run()
    assert not at.exception
    return str(at.code[0].value)


@pytest.mark.parametrize("other", [{"text": "今日は暑い"}, {"hidden": "32"}])
def test_a_guess_is_asked_again_with_other_settings(other: dict[str, str]) -> None:
    at = app(guess_own="2", curve="-1_-2")
    assert change(at, **other) == "(None, '-1_-2')"
    assert "guess_own" not in at.query_params


def test_each_guess_has_the_settings_that_its_answer_depends_on() -> None:
    at = app(guess_own="2", curve="-1_-2")
    assert change(at, cell="rnn") == "(2, '')"


def test_what_was_shown_without_a_guess_stays_so() -> None:
    at = app(guess_own="skip")
    assert change(at, hidden="32") == "('skip', '')"


def test_a_guess_of_a_link_is_for_what_the_link_says() -> None:
    at = app(guess_own="2")
    assert change(at, hidden="32", guess_own="3") == "(3, '')"
    assert change(at, hidden="16") == "(None, '')"


def test_a_sentence_that_another_chapter_changed_asks_again_too() -> None:
    at = app(guess_own="2")
    change(at, chapter="other", text="今日は暑い")
    assert change(at, chapter="one").startswith("(None,")
