"""Segmentations made by hand, without torch."""

from __future__ import annotations

import numpy as np

from rnn_core.recurrent.trace import Trace
from rnn_core.segmentation.tags import BEGIN, END, MIDDLE, SINGLE, Characters, Later, Segmentation
from tests.rnn_core.figures.cases import layer

SENTENCE = "今日は いいね"
WORDS = ("今日", "は", "\u3000", "いい", "ね")


def tags_of(words: tuple[str, ...]) -> tuple[int, ...]:
    found: list[int] = []
    for word in words:
        found += [SINGLE] if len(word) == 1 else [BEGIN, *[MIDDLE] * (len(word) - 2), END]
    return tuple(found)


def segmentation(words: tuple[str, ...] = WORDS, later: Later = "own", seed: int = 0, **scores: float) -> Segmentation:
    """These words; the tags that are taken score 5, others less, by chance; `scores` are put at "tag_place"."""
    tags, chance = tags_of(words), np.random.default_rng(seed)
    steps = len(tags)
    emissions = chance.uniform(-9, 4, (steps, 6)).astype(np.float32)
    emissions[np.arange(steps), tags] = 5
    for where, value in scores.items():
        tag, place = where.split("_")
        emissions[int(place), "BMES".index(tag)] = value
    both = tuple(layer("lstm", steps=steps, units=4, seed=seed + k) for k in range(2))
    states = np.hstack([half["hidden_state"] for half in both])
    return Segmentation(
        Characters("".join(words), (), cut=False),
        later,
        "",
        np.zeros((steps, 3), np.float32),
        Trace("lstm", (both,), states, 0.0),
        emissions,
        np.zeros((6, 6), np.float32),
        tags,
    )
