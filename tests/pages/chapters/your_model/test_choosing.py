"""Files handed in on the page: taken, named, refused with a sentence, and forgotten by what took them in."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

import rnn_core as rc
from pages._ui.own_files import KEY
from rnn_core.messages import LANGUAGES, text
from rnn_core.speech.detector import hear, load_detector
from tests.pages.own import open_own
from tests.pages.reading import chart, html, keys
from tests.rnn_core.own.making import module, opened, packed
from tests.rnn_core.own.test_files import SPOILT
from tests.rnn_core.own.test_sounds import TONE, wav

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

KIND = "application/octet-stream"


def give(at: AppTest, what: str, name: str, content: bytes) -> None:
    (field,) = [one for one in at.file_uploader if one.key.startswith(f"own_{what}_")]
    field.set_value((name, content, KIND))
    at.run()
    assert not at.exception


def test_a_file_that_is_handed_in_is_shown_at_once_and_named(warm: None) -> None:
    at, content = open_own(lang="en"), packed(module(units=7))
    before = {one.key for one in at.file_uploader}
    give(at, "weights", "../my own.safetensors", content)
    (file,) = at.session_state[KEY].files.values()
    assert (file.title, at.query_params["weights"]) == ("my own.safetensors", file.name)
    assert len(chart(at, "chart_hidden_state")["z"]) == 7
    (row,) = [one for one in at.button_group if one.key == "weights"]
    assert "my own.safetensors" in " ".join(one.content for one in row.proto.options)
    assert not before & {one.key for one in at.file_uploader}  # another field, so that nothing is kept in the first
    assert not at.error


def test_a_bad_file_is_a_sentence_and_the_network_stays(warm: None) -> None:
    at = open_own(lang="en")
    for lang, code in zip(LANGUAGES * 9, SPOILT, strict=False):
        at.query_params["lang"] = lang
        began = time.perf_counter()
        give(at, "weights", "x.safetensors", SPOILT[code])
        assert time.perf_counter() - began < 4
        (error,) = at.error
        assert error.value
        assert at.query_params["weights"] == "file:silero"
        assert "hidden_state" in keys(at)
    give(at, "weights", "x.safetensors", packed(module()))
    assert not at.error


def test_numbers_that_are_handed_in_are_read(warm: None) -> None:
    file = opened(module())
    at = open_own(file, lang="en", weights=file.name, feed="own")
    give(at, "inputs", "x.csv", b"1,2,3\n4,5,6\n")
    assert chart(at, "chart_hidden_state")["z"].shape == (5, 2)
    give(at, "inputs", "x.csv", b"1,2,3\n4,x,6\n")
    assert [one.value for one in at.error] == [text("errors.own_text", "en", row=2, column=2, given="x")]


def test_a_sound_is_read_in_the_frames_of_the_network(warm: None) -> None:
    file = opened(module())
    at = open_own(file, lang="en", feed="own")
    give(at, "inputs", "x.wav", wav(TONE))
    want = rc.record(load_detector().recurrent, hear(TONE).features)["hidden_state"]
    assert chart(at, "chart_hidden_state")["z"].shape[1] == len(want)
    assert text("your_model.read.detector", "en", inputs=128) in html(at)
    at.query_params["weights"] = file.name
    at.run()
    assert [one.value for one in at.error] == [text("errors.own_width", "en", given=128, want=3)]
    give(at, "inputs", "x.wav", wav(TONE))
    assert text("your_model.read.mel", "en", inputs=3) in html(at)
    assert not at.error


def test_a_file_of_a_link_stands_among_the_networks(warm: None) -> None:
    name = "file:" + "0f" * 32
    at = open_own(lang="en", weights=name)
    (row,) = [one for one in at.button_group if one.key == "weights"]
    assert row.value == name
    assert "0f0f0f0f" in " ".join(one.content for one in row.proto.options)


@pytest.mark.parametrize("what", ["weights", "inputs"])
def test_the_limit_is_said_beforehand(warm: None, what: str) -> None:
    at = open_own(lang="en", feed="own")
    (field,) = [one for one in at.file_uploader if one.key.startswith(f"own_{what}_")]
    assert f"{field.proto.max_upload_size_mb} MB" in field.label
