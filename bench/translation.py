"""Encoder-decoders: what a translation, a beam and an explanation cost, and that katakana is e2k's own to the word."""

from __future__ import annotations

import re
import statistics
from pydoc_data.topics import topics
from typing import TYPE_CHECKING

import torch

from bench.recording import interleaved
from bench.report import table
from rnn_core.specs import KATAKANA_HIDDEN, TranslatorSpec
from rnn_core.tasks.translations import TRANSLATIONS
from rnn_core.translation import katakana
from rnn_core.translation.attribution import explain
from rnn_core.translation.beam import beam_search
from rnn_core.translation.decoding import translate

if TYPE_CHECKING:
    from torch import Tensor

HEADING = "Translation"
SPECS = tuple(
    TranslatorSpec(task="phrases", attention=attention, hidden=48) for attention in ("none", "additive", "dot")
)
KATAKANA = TranslatorSpec(task="katakana", attention="dot", hidden=KATAKANA_HIDDEN)
WORD = tuple("internationalization")
TOKENS, WIDTH, ROUNDS, COUNT = 12, 5, 30, 1000
BEAM_MS, GAP = 150, 1e-6


def english(count: int = COUNT) -> list[str]:
    """So many English words: every so-manieth of those in Python's own help pages, by the alphabet."""
    found = sorted({word for page in topics.values() for word in re.findall(r"\b[a-z]{2,14}\b", page)})
    return found[:: len(found) // count][:count]


def sentence() -> tuple[str, ...]:
    """The first held-out sentence of `TOKENS` words."""
    return next(pair.source for pair in TRANSLATIONS["phrases"].parts().test if len(pair.source) == TOKENS)


def encode_pairs(words: list[str]) -> tuple[Tensor, Tensor]:
    """Words as the numbers that the katakana network reads, filled up (B, S), and their lengths (B,)."""
    known = katakana.tables()
    ids = [[known.begin, *(known.source.index(letter) for letter in word), known.end] for word in words]
    filled = torch.nn.utils.rnn.pad_sequence([torch.tensor(one) for one in ids], batch_first=True)
    return filled, torch.tensor([len(one) for one in ids])


def written(model: katakana.Katakana, words: list[str]) -> list[str]:
    """What the network in torch writes for each word, all at once."""
    known, (ids, lengths) = katakana.tables(), encode_pairs(words)
    with torch.inference_mode():
        memory = model.encode(ids, lengths)
        previous, state, rows = torch.full((len(words),), known.begin), memory.start, []
        for _ in range(katakana.LIMIT):
            step = model.step(previous, state, memory)
            previous, state = step.scores.argmax(dim=-1), step.state
            rows.append(previous)
    ends = known.target[known.end]
    tokens = [[known.target[index] for index in row] for row in torch.stack(rows, dim=1).tolist()]
    return ["".join(row[: row.index(ends)] if ends in row else row) for row in tokens]


def equal(words: list[str]) -> int:
    """For how many words the package writes the same."""
    import e2k  # only here: the app reads its file and never imports it

    package = e2k.C2K(model="turbo")
    return sum(package(word) == ours for word, ours in zip(words, written(katakana.load(), words), strict=True))


def apart(words: list[str]) -> float:
    """The largest difference of a weight of attention from `torch.nn.MultiheadAttention`'s, over `LIMIT` steps each."""
    model, worst = katakana.load(), 0.0
    with torch.inference_mode():
        memory = model.encode(*encode_pairs(words))
        state, previous = memory.start, torch.full((len(words),), katakana.tables().begin)
        for _ in range(katakana.LIMIT):
            step = model.step(previous, state, memory)
            query = step.state[0][:, None]
            asked = (query, memory.states, memory.states)
            weights = model.attn(*asked, key_padding_mask=memory.absent, average_attn_weights=False)[1]
            assert step.attention is not None
            worst = max(worst, float((step.attention.weights - weights).abs().max()))
            previous, state = step.scores.argmax(dim=-1), step.state
    return worst


def row(spec: TranslatorSpec, tokens: tuple[str, ...], rounds: int) -> list[object]:
    """One network: what each question costs, and how exact its two recordings are."""
    calls = [
        lambda: translate(spec, tokens),
        lambda: beam_search(spec, tokens, WIDTH),
        lambda: explain(spec, tokens),
    ]
    greedy, searched, explained = (statistics.median(times) for times in interleaved(calls, rounds, warm=3))
    trace = translate(spec, tokens)
    assert trace.source is not None
    return [
        spec.name,
        len(trace.source),
        len(trace),
        f"{greedy:.1f} ms",
        f"{searched:.1f} ms",
        f"< {BEAM_MS} ms",
        f"{explained:.1f} ms",
        f"{trace.source.layers.parity:.0e}",
        f"{trace.layers.parity:.0e}",
    ]


def section(rounds: int = ROUNDS, count: int = COUNT) -> str:
    """The section of the report."""
    head = ("network", "S", "T", "translate", f"beam of {WIDTH}", "reach", "explain", "parity, encoder", "decoder")
    rows = [row(spec, sentence(), rounds) for spec in SPECS] + [row(KATAKANA, WORD, rounds)]
    words = english(count)
    return (
        f"A held-out sentence of {TOKENS} words, and for katakana the word {''.join(WORD)}, one thread; medians of "
        f"{rounds}, taking turns. S tokens are read, T written. Each call includes the encoder; translate and explain "
        "record every gate.\n\n"
        f"{table(head, rows)}\n\n"
        f"Katakana: {equal(words)} of {len(words)} English words as the package e2k writes them. Weights of attention: "
        f"at most {apart(words):.1e} from `torch.nn.MultiheadAttention`'s, ≤ {GAP:.0e} asked."
    )
