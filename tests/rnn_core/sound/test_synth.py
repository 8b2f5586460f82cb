from __future__ import annotations

import wave
from io import BytesIO

import numpy as np
import pytest

from rnn_core.sound.synth import HARMONICS, LOUD, NOTE_RATE, frequency, render, wav_bytes


@pytest.mark.parametrize("pitch", [55, 69, 84])
def test_the_spectrum_of_a_file_has_the_note_and_its_harmonics(pitch: int) -> None:
    with wave.open(BytesIO(wav_bytes(render([(pitch, 1.0)])))) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, NOTE_RATE)
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32767
    assert len(samples) == NOTE_RATE
    size = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    bins = np.arange(len(size)) * NOTE_RATE / len(samples)
    peaks = [
        bins[np.argmax(np.where(np.abs(bins - k * frequency(pitch)) < 40, size, 0))] for k in range(1, HARMONICS + 1)
    ]
    np.testing.assert_allclose(peaks, [k * frequency(pitch) for k in range(1, HARMONICS + 1)], atol=1.1)
    assert bins[np.argmax(size)] == peaks[0]
    between = np.abs(bins - 1.5 * frequency(pitch)) < 20
    assert size[between].max() < 0.02 * size.max()


def test_a_note_follows_where_the_one_before_ends_and_nothing_clicks() -> None:
    found = render([(60, 0.125)] * 7)
    assert len(found) == round(7 * 0.125 * NOTE_RATE)
    assert np.abs(found).max() == pytest.approx(LOUD)
    for at in range(7):
        begins = round(at * 0.125 * NOTE_RATE)
        assert abs(found[begins]) < 1e-6
        assert abs(found[begins - 1]) < 1e-6


def test_no_harmonic_is_higher_than_the_rate_can_carry_and_nothing_is_silence() -> None:
    size = np.abs(np.fft.rfft(render([(110, 1.0)])))
    assert np.argmax(size) == round(frequency(110))
    folded = NOTE_RATE - round(3 * frequency(110))  # where the third would be heard, were it there
    assert size[folded - 20 : folded + 20].max() < 0.02 * size.max()
    assert len(render([])) == 0
    assert wav_bytes(np.zeros(3, np.float32))[:4] == b"RIFF"
