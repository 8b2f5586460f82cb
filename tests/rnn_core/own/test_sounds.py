"""A WAV file as frames: those that the detector of speech itself makes, and mel bands for any other network."""

from __future__ import annotations

import io

import numpy as np
import pytest
from scipy.io import wavfile

import rnn_core as rc
from rnn_core.own.inputs import is_sound
from rnn_core.own.limits import MOST_STEPS
from rnn_core.own.sounds import DETECTOR, read_sound
from rnn_core.sound.spectrogram import log_mel
from rnn_core.speech.detector import hear

RATE = 16_000


def wav(samples: np.ndarray) -> bytes:
    made = io.BytesIO()
    wavfile.write(made, RATE, samples.astype(np.float32))
    return made.getvalue()


TONE = 0.3 * np.sin(np.arange(RATE) * 0.3)


def test_the_detector_reads_its_own_frames() -> None:
    assert is_sound(wav(TONE))
    found = read_sound(wav(TONE), DETECTOR, 128)
    np.testing.assert_allclose(found.numbers, hear(TONE).features, atol=1e-5)
    assert (found.frames, found.cut, found.sequence().frames) == ("detector", False, "detector")


def test_another_network_reads_as_many_mel_bands_as_it_receives() -> None:
    found = read_sound(wav(TONE), "file:" + "0" * 64, 40)
    want = log_mel(np.float32(TONE), 40)
    np.testing.assert_allclose(np.corrcoef(found.numbers.ravel(), want.ravel())[0, 1], 1)
    assert (found.numbers.shape, found.frames) == (want.shape, "mel")
    assert float(found.numbers.mean()) == pytest.approx(0, abs=1e-4)
    assert found.name != read_sound(wav(TONE), "file:" + "0" * 64, 20).name


def test_a_long_sound_is_cut_and_silence_is_read() -> None:
    for file in (DETECTOR, "file:" + "0" * 64):
        found = read_sound(wav(np.zeros(8 * RATE)), file, 128)
        assert (len(found.numbers), found.cut) == (MOST_STEPS, True)
        assert np.isfinite(found.numbers).all()


@pytest.mark.parametrize(
    ("content", "width", "code"),
    [
        (wav(TONE), 129, "own_bands"),
        (wav(TONE)[:30], 20, "wav_damaged"),
        (wav(TONE[:99]), 20, "wav_short"),
        (b"RIFF0000WAVE" + bytes(9 << 20), 20, "own_large"),
    ],
)
def test_what_cannot_be_read_says_so(content: bytes, width: int, code: str) -> None:
    with pytest.raises(rc.KiokuError) as error:
        read_sound(content, "file:" + "0" * 64, width)
    assert error.value.code == code
