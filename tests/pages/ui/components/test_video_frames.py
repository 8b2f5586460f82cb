"""What a film strip is drawn from: the library's own numbers, and nothing that tells the answer before."""

from __future__ import annotations

import base64
import json

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from pages._chapters.video import computed
from pages._ui.components.video_frames import UNITS, Strip, asked, drawing, pixels
from rnn_core.messages import LANGUAGES
from rnn_core.quantities import CELLS, QUANTITIES
from rnn_core.tasks.video.spec import DRAWN


def unpacked(said: object, kind: str) -> np.ndarray:
    return np.frombuffer(base64.b64decode(str(said)), kind)


def strip(cell: str, answer: int | str | None) -> Strip:
    clip = computed.clip("change", 5, None)
    return Strip(clip, computed.watched(cell, clip), computed.beside(clip), "?", answer)  # type: ignore[arg-type]  # a cell


@pytest.mark.parametrize("cell", CELLS)
def test_every_number_is_the_networks(cell: str) -> None:
    shown = strip(cell, 4)
    data = json.loads(json.dumps(drawing(LANGUAGES[0], shown.clip, shown.found) | asked(shown), allow_nan=False))
    frames = np.round(shown.clip.pixels * 255).astype(np.uint8)
    np.testing.assert_array_equal(unpacked(data["frames"], "u1"), frames.ravel())
    np.testing.assert_array_equal(unpacked(data["surprise"], "<f4"), shown.found.surprise.astype("<f4"))
    assert data["peak"] == shown.found.surprise.argmax() + 2
    assert len(unpacked(data["said"], "u1")) == shown.found.said.size
    assert len(data["rows"]) == sum(row.key in DRAWN for row in QUANTITIES.of(cell))  # type: ignore[arg-type]  # one of them
    assert all(len(unpacked(row["values"], "<f4")) == UNITS * data["steps"] for row in data["rows"])


def test_before_the_answer_nothing_of_it_is_sent() -> None:
    told = asked(strip("gru", None))
    assert {key for key, value in told.items() if value is not None} == {"question"}


def test_pixels_stay_within_a_byte() -> None:
    assert unpacked(pixels(np.array([[-1.0, 0.5, 2.0]])), "u1").tolist() == [0, 128, 255]


def app() -> None:
    import streamlit as st

    from pages._ui.components.video_frames import video_frames
    from tests.pages.ui.components.test_video_frames import strip

    told = st.session_state.setdefault("told", [])
    video_frames(
        "en", strip("rnn", None), identity="a", step=40, on_step_change=told.append, on_answer_change=told.append
    )


def test_a_place_beyond_the_clip_is_its_last_frame() -> None:
    at = AppTest.from_function(app, default_timeout=60).run()
    assert not at.exception
    assert json.loads(at.get("bidi_component")[0].proto.json)[0]["at"]["step"] == 16
    assert at.session_state["told"] == []
