"""Attention made by hand: rows that sum to 1, over words that may come twice."""

from __future__ import annotations

import numpy as np

from rnn_core.figures import Theme, Words
from tests.rnn_core.figures.cases import GLOSSES, WORDS, words

WRITTEN = ("the", "weather", "is", "nice", "today", ",", "isn't", "it", "<end>")
LOOK = Theme()


def read(lang: str = "ja", count: int = len(WORDS)) -> Words:
    return Words(words(count), tuple(GLOSSES[at % len(GLOSSES)] for at in range(count)), lang)


def written(lang: str = "ja", count: int = len(WRITTEN)) -> Words:
    return Words(tuple(WRITTEN[at % len(WRITTEN)] for at in range(count)), (), lang)


def weights(steps: int = len(WRITTEN), source: int = len(WORDS), seed: int = 0) -> np.ndarray:
    scores = np.random.default_rng(seed).normal(0, 3, (steps, source))
    shares = np.exp(scores)
    return (shares / shares.sum(axis=1, keepdims=True)).astype(np.float32)


def states(source: int = len(WORDS), units: int = 8, seed: int = 1) -> np.ndarray:
    return np.tanh(np.random.default_rng(seed).normal(size=(source, units))).astype(np.float32)
