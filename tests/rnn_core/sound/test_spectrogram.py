from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.signal import stft

from rnn_core.sound.rate import RATE
from rnn_core.sound.spectrogram import FLOOR, HOP, WINDOW, log_mel, power_spectrogram


@given(st.integers(1, 5000), st.integers(0, 99))
def test_it_is_what_scipy_computes(length: int, seed: int) -> None:
    samples = np.random.default_rng(seed).uniform(-1, 1, length)
    found = power_spectrogram(samples)
    whole = np.pad(samples, (0, (len(found) - 1) * HOP + WINDOW - length))
    _, _, theirs = stft(whole, RATE, "hann", WINDOW, WINDOW - HOP, boundary=None, padded=False)
    np.testing.assert_allclose(found, np.abs(2 * theirs.T) ** 2, atol=1e-12)


@pytest.mark.parametrize("frequency", [100, 440, 1000, 3000, 7000])
def test_a_full_tone_is_loudest_in_its_own_band_and_ten_times_softer_is_20_decibels(frequency: int) -> None:
    tone = np.sin(2 * np.pi * frequency * np.arange(RATE) / RATE)
    bands = log_mel(tone, 40)
    mels = np.linspace(*(2595 * np.log10(1 + np.array([60, RATE / 2]) / 700)), 42)  # each begins, peaks and ends there
    loudest = (700 * (10 ** (mels / 2595) - 1))[1:-1][bands.mean(axis=0).argmax()]
    assert abs(np.log(loudest / frequency)) < 0.35
    np.testing.assert_allclose(bands.max() - log_mel(tone / 10, 40).max(), 20, atol=0.1)


def test_silence_is_at_the_floor_and_every_band_hears_something() -> None:
    assert (log_mel(np.zeros(700), 64) == 10 * np.log10(FLOOR)).all()
    noise = np.random.default_rng(0).standard_normal(RATE)
    assert (log_mel(noise, 64) > -80).all()
    assert log_mel(noise, 64).shape == (62, 64)
