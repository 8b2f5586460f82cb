"""What both directions are drawn from: the segmenter's own numbers; and what the reader does in the drawing."""

from __future__ import annotations

import json

import numpy as np
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pages._ui.components import directions
from pages._ui.components.directions import DERIVED, MOST_PLAYED, drawing
from rnn_core.messages import LANGUAGES, text
from rnn_core.segmentation.measures import revealed
from rnn_core.segmentation.playback import play
from rnn_core.segmentation.tags import LATER, NEEDED, NEVER_RIGHT, TAGS
from tests.pages.ui.components.test_packing import unpacked

FOUND, WAITS = play(NEEDED, NEVER_RIGHT), revealed(NEEDED).waits


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_state_score_and_tag_is_the_segmenters(lang: str) -> None:
    data = json.loads(json.dumps(drawing(lang, FOUND, WAITS, ()), allow_nan=False))
    assert "".join(data["characters"]) == NEEDED
    np.testing.assert_array_equal(unpacked(data["forward"]), FOUND.forward.ravel())
    assert [mode["key"] for mode in data["modes"]] == list(LATER)
    for mode in data["modes"]:
        np.testing.assert_array_equal(unpacked(mode["shares"]), FOUND.shares[mode["key"]].astype("<f4").ravel())
        assert mode["tags"] == ["".join(TAGS[tag] for tag in tags) for tags in FOUND.tags[mode["key"]]]
        if mode["key"] in DERIVED:
            assert mode["backward"] is None
        else:
            np.testing.assert_array_equal(unpacked(mode["backward"]), FOUND.backward[mode["key"]].ravel())
    assert data["waits"] == list(WAITS)
    assert data["own_says"].startswith(text("directions.own", lang, count=6))
    assert text("directions.wait", lang, count=3) in data["own_says"]


def test_what_follows_from_the_original_states_is_not_sent() -> None:
    assert (FOUND.backward["off"] == 0).all()
    begin = 0
    for length in FOUND.lengths:
        part = slice(begin, begin + length)
        np.testing.assert_array_equal(FOUND.backward["reversed"][part], FOUND.backward["own"][part][::-1])
        begin += length


def test_no_score_is_beyond_the_axis_and_one_character_can_be_drawn() -> None:
    data = drawing("ja", FOUND, WAITS, ())
    for shares in FOUND.shares.values():
        assert np.abs(shares.sum(axis=2) + FOUND.bias).max() <= data["limit"]
    one = drawing("en", play("犬", NEVER_RIGHT), (), ())
    assert (one["words"], one["waits"], one["lengths"]) == (1, [], [1])


def app() -> None:
    import streamlit as st

    from pages._ui.components.directions import directions
    from rnn_core.segmentation.playback import play

    told = st.session_state.setdefault("told", [])
    directions(
        "en",
        play("今日は", "明日"),
        (0, 0),
        mode="own",
        answer=None,
        on_step_change=told.append,
        on_change=lambda mode, answer: told.append((mode, answer)),
    )


def test_what_the_reader_does_is_told_only_of_this_text() -> None:
    at = AppTest.from_function(app, default_timeout=60).run()
    assert not at.exception
    data = json.loads(at.get("bidi_component")[0].proto.json)[0]
    assert (data["mode"], data["answer"], data["at"]["step"]) == ("own", None, 3)
    at.session_state["directions"] = {"spot": {"of": "another", "step": 2}}
    at.run()
    assert not at.exception
    assert at.session_state["told"] == []


@pytest.mark.parametrize(("given", "taken"), [(2, 2), (0, 0), ("skip", "skip"), (None, None), (-1, None), ("x", None)])
def test_what_is_answered_comes_with_what_stands_in_for_the_direction(
    given: object, taken: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answered(**sent: object) -> None:
        for mode, of in (("never", sent["data"]["id"]), ("off", "another"), ("off", sent["data"]["id"])):
            st.session_state["directions"] = {"said": {"of": of, "mode": mode, "answer": given}}
            sent["on_said_change"]()

    monkeypatch.setattr(directions, "_render", answered)
    at = AppTest.from_function(app, default_timeout=60).run()
    assert not at.exception
    assert at.session_state["told"] == [("off", taken)]


def test_a_text_that_is_too_long_to_be_played_says_so_and_one_character_does_not() -> None:
    long = "今日は天気が良いね" * 2
    data = drawing("en", play(long, NEVER_RIGHT, whole=True), revealed(long).waits, ())
    assert len(long) > MOST_PLAYED
    assert data["lengths"] == [len(long)]
    assert data["text"]["still"] == text("directions.still", "en", limit=MOST_PLAYED)
    assert drawing("en", play("犬", NEVER_RIGHT), (), ())["text"]["still"] == ""
    assert drawing("en", FOUND, WAITS, ())["text"]["still"] == ""


def test_what_stands_over_the_characters_is_sent_with_its_stretch() -> None:
    data = drawing("en", FOUND, WAITS, ((0, 2, "today"),))
    assert data["glosses"] == [{"from": 0, "to": 2, "text": "today"}]
