"""What a heard sound is drawn from: the library's own numbers, and nothing that tells the answer before."""

from __future__ import annotations

import base64
import json

import numpy as np
import pytest

from pages._ui.components.packing import companded
from pages._ui.components.speech import BANDS, UNITS, drawing, envelope
from rnn_core.messages import LANGUAGES
from rnn_core.sound.clips import scene
from rnn_core.speech.detector import listen
from rnn_core.speech.facts import DRAWN


def unpacked(said: object, kind: str) -> np.ndarray:
    return np.frombuffer(base64.b64decode(str(said)), kind)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_holds_the_librarys_numbers(lang: str) -> None:
    sound = scene("digits")
    found = listen(sound.samples, 1.0)
    data = json.loads(json.dumps(drawing(lang, sound, found), allow_nan=False))
    np.testing.assert_array_equal(unpacked(data["speech"], "<f4"), found.own.speech)
    assert data["spoken"] == sound.spoken.astype(int).tolist()  # type: ignore[union-attr]
    assert len(data["rows"]) == len(DRAWN)
    assert all(len(unpacked(row["values"], "<f4")) == UNITS * data["steps"] for row in data["rows"])
    assert len(unpacked(data["bands"], "u1")) == data["columns"] * BANDS
    assert "clamped" not in data
    assert all(data["text"].values())


def test_a_sound_in_eight_bits_is_nearly_the_same_and_small() -> None:
    samples = scene("japanese").samples
    coded = unpacked(companded(samples), "i1").astype(float)
    back = np.sign(coded) * np.expm1(np.abs(coded) / 127 * np.log(256)) / 255
    assert np.abs(back - samples).max() < 0.03
    assert len(companded(np.zeros(30 * 16_000))) < 700_000


def test_the_wave_reaches_as_far_as_the_sound() -> None:
    samples = scene("music").samples
    ends = unpacked(envelope(samples), "i1").reshape(-1, 2)
    assert len(ends) == -(-len(samples) // 128)
    assert (ends[:, 0] <= ends[:, 1]).all()
    np.testing.assert_allclose(
        [ends[:, 0].min() / 127, ends[:, 1].max() / 127], [samples.min(), samples.max()], atol=0.01
    )


def test_half_a_minute_stays_far_below_what_a_message_may_be() -> None:
    noise = np.random.default_rng(0).uniform(-1, 1, 30 * 16_000).astype(np.float32)
    sound = type(scene("noise"))(noise)
    data = drawing("en", sound, listen(noise, 0.0))
    assert data["spoken"] is None
    assert len(json.dumps(data)) < 2.5 * 2**20
