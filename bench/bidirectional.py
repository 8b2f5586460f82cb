"""The word segmenter: equal to nagisa's own on a thousand sentences, how near its states, how long it takes."""

from __future__ import annotations

import random
import re
import statistics
from functools import partial
from typing import TYPE_CHECKING

import nagisa
import numpy as np

from bench.recording import interleaved
from bench.report import table
from rnn_core.messages import catalogue
from rnn_core.segmentation.measures import influences, revealed
from rnn_core.segmentation.model import characters, inputs_of, segmented
from rnn_core.segmentation.search import find
from rnn_core.tasks import smalltalk
from rnn_core.training.sentiment import worth
from rnn_core.training.tasks import SENTIMENT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rnn_core.tasks.sentiment import Count

HEADING = "Bidirectional"
EACH, PARITY = 500, 1e-5
LENGTHS, ROUNDS = (11, 60, 200), 5
SENTENCE = "今日は天気が良いね。"


def spoken(count: int = EACH) -> list[str]:
    """So many sentences of the small talk, by chance, always the same."""
    return random.Random(0).sample(["".join(example.words) for example in smalltalk.examples()], count)


def prose(count: int = EACH) -> list[str]:
    """So many sentences of the project's own Japanese, those that the pages speak; a place for a value stays out."""
    said = (re.sub(r"\{[^}]*\}", "", message) for message in catalogue("ja").values())
    pieces = sorted({piece.strip() for message in said for piece in re.split(r"(?<=[。?])", message)} - {""})
    return random.Random(0).sample(pieces, count)


def compared(sentences: Sequence[str]) -> tuple[int, float, float]:
    """How many are segmented as nagisa does; the largest |h − nagisa's h|; and the largest parity with torch."""
    equal, apart, parity = 0, 0.0, 0.0
    for sentence in sentences:
        found = segmented(sentence)
        text = characters(sentence).text
        equal += list(found.words) == nagisa.wakati(sentence.strip())
        states = nagisa.tagger._model.ws_model.transduce(inputs_of(text))
        apart = max(apart, float(np.abs(found.layers.output - states).max()))
        parity = max(parity, found.layers.parity)
    return equal, apart, parity


def equality() -> str:
    """The table of how equal it is."""
    rows = []
    for name, sentences in (("small talk", spoken()), ("the project's own Japanese", prose())):
        equal, apart, parity = compared(sentences)
        rows.append([name, f"{equal} of {len(sentences)}", f"{apart:.1e}", f"≤ {PARITY:g}", f"{parity:.1e}"])
    return table(("sentences", "same words as nagisa", "states apart from nagisa", "reach", "parity with torch"), rows)


def times(lengths: Sequence[int] = LENGTHS, rounds: int = ROUNDS) -> str:
    """The table of how long it takes."""
    rows = []
    for length in lengths:
        text = (SENTENCE * -(-length // len(SENTENCE)))[:length]
        found = interleaved(
            [partial(segmented, text), partial(influences, text), partial(revealed, text)], rounds, warm=1
        )
        rows.append([length, *(f"{statistics.median(taken):.1f} ms" for taken in found)])
    return table(("characters", "segment", "three influence maps", "every beginning"), rows)


def ranged(counts: Sequence[Count]) -> str:
    """The shares of some seeds, from the worst to the best."""
    shares = sorted(count.share for count in counts)
    return f"{shares[0]:.3f} to {shares[-1]:.3f}"


def sentiment() -> str:
    """The table of what one direction and two are worth."""
    rows = [
        [one.directions, f"{one.parameters:,}", len(one.words), ranged(one.sentence), ranged(one.words)]
        for one in worth(SENTIMENT.manifest()["models"])
    ]
    return table(("directions", "learned numbers", "seeds", "right after the sentence", "right at each word"), rows)


def section(lengths: Sequence[int] = LENGTHS, rounds: int = ROUNDS) -> str:
    """The section of the report."""
    searched, made = find(), SENTIMENT.manifest()
    return (
        f"nagisa's segmenter in torch, on {EACH} sentences of each kind, drawn by chance.\n\n{equality()}\n\n"
        f"Of {searched.sentences} sentences without kanji whose words are known, "
        f"{searched.correct} are segmented right; "
        f"{len(searched.needed)} of these need the backward half to see what follows, and "
        f"{len(searched.better_without)} others are right only when it is shut off.\n\n{times(lengths, rounds)}\n\n"
        f"Sentiment of small talk, learned from {made['sentences']['train']:,} sentences, on "
        f"{made['sentences']['test']:,} of combinations never learned; always the commonest answer: "
        f"{made['majority']:.3f}.\n\n{sentiment()}"
    )
