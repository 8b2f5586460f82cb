"""What frequencies a sound holds, frame by frame: on the scale on which an ear hears, in decibels."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from jaxtyping import Float

from rnn_core.sound.rate import RATE

WINDOW, HOP = 512, 256  # samples: 32 ms, every 16 ms
FLOOR = 1e-10  # of power: −100 dB, below the rounding of 16 bits
LOWEST = 60.0  # Hz, of the first band


def power_spectrogram(samples: Float[np.ndarray, " N"]) -> Float[np.ndarray, "T F"]:
    """|STFT|² of each frame through a Hann window, F = 257 frequencies from 0 to 8 kHz; 1 is a full-scale sine.

    Frame t sees samples 256 t … 256 t + 511; the last is filled up with zeros.

    Example:
        >>> tone = np.sin(2 * np.pi * 1000 * np.arange(2048) / 16000)
        >>> int(power_spectrogram(tone)[0].argmax()) * 16000 / 512
        1000.0
    """
    frames = max(1, -(-(len(samples) - WINDOW) // HOP) + 1)
    whole = np.zeros((frames - 1) * HOP + WINDOW)
    whole[: len(samples)] = samples
    windows = np.lib.stride_tricks.sliding_window_view(whole, WINDOW)[::HOP]  # (T, 512)
    hann = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(WINDOW) / WINDOW)
    found: Float[np.ndarray, "T F"] = np.abs(np.fft.rfft(windows * hann) / (hann.sum() / 2)) ** 2
    return found


def log_mel(samples: Float[np.ndarray, " N"], bands: int, highest: float = RATE / 2) -> Float[np.ndarray, "T M"]:
    """The power in M bands, equally wide on the mel scale from 60 Hz to `highest`, in decibels, at least −100."""
    power: Float[np.ndarray, "T M"] = power_spectrogram(samples) @ _triangles(bands, highest).T
    decibels: Float[np.ndarray, "T M"] = 10 * np.log10(np.maximum(power, FLOOR))
    return decibels


def _edges(bands: int, highest: float) -> Float[np.ndarray, " E"]:
    """Where the bands begin, peak and end: M + 2 frequencies; mel = 2595 log₁₀(1 + f/700)."""
    low, high = (2595 * float(np.log10(1 + end / 700)) for end in (LOWEST, highest))
    edges: Float[np.ndarray, " E"] = 700 * (10 ** (np.linspace(low, high, bands + 2) / 2595) - 1)
    return edges


@lru_cache(maxsize=16)
def _triangles(bands: int, highest: float) -> Float[np.ndarray, "M F"]:
    """How much each frequency counts in each band: 1 in its middle, 0 from its neighbours' middles on.

    A band that lies between two frequencies of the transform takes the nearer one.
    """
    edges, frequencies = _edges(bands, highest), np.fft.rfftfreq(WINDOW, 1 / RATE)
    rising = (frequencies - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    falling = (edges[2:, None] - frequencies) / (edges[2:] - edges[1:-1])[:, None]
    weights: Float[np.ndarray, "M F"] = np.clip(np.minimum(rising, falling), 0, None)  # (M, F)
    empty = weights.sum(axis=1) == 0
    nearest = np.abs(frequencies - edges[1:-1, None]).argmin(axis=1)
    weights[empty, nearest[empty]] = 1
    return weights
