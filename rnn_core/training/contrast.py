"""The search for a sentence that makes memory felt: the RNN forgets how it began, the LSTM of its size does not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch

from rnn_core.contrasts import Forgotten
from rnn_core.models import registry
from rnn_core.models.language_model import NextOutput
from rnn_core.specs import ModelSpec
from rnn_core.tasks import smalltalk
from rnn_core.tasks.smalltalk import Example
from rnn_core.training.sentences import encode

BEGINNING = 2  # words that may differ between a sentence and its twin
SHORTEST = 9  # words; a shorter sentence asks for little memory
SURE = 0.8  # probability that each network gives its own reply at least: no narrow vote


def find(sizes: Sequence[int]) -> Forgotten:
    """The clearest case: of the smallest size that has any, the one in which both networks are surest.

    Raises:
        LookupError: no size has any.
    """
    examples = smalltalk.examples()
    twins = _by_ending(examples)
    for hidden in sizes:
        found: list[tuple[float, Forgotten]] = []
        said = {
            cell: _replies(registry.RECURRENT.load(ModelSpec(cell=cell, hidden=hidden)), examples)
            for cell in ("rnn", "lstm")
        }
        for example, (wrong, sure), (right, certain) in zip(examples, said["rnn"], said["lstm"], strict=True):
            hinges = right == example.reply != wrong and len(example.words) >= SHORTEST
            if not hinges or min(sure, certain) < SURE:
                continue
            for twin in twins[example.words[BEGINNING:]]:
                if twin.reply == wrong:
                    sides = (example.words, example.english, example.reply, hidden, wrong, twin.words, twin.english)
                    found.append((sure + certain, Forgotten(*sides)))
        if found:
            return max(found, key=lambda scored: scored[0])[1]
    raise LookupError("no sentence tells the RNN from the LSTM; train them anew or widen the search")


def _by_ending(examples: Sequence[Example]) -> Mapping[tuple[str, ...], list[Example]]:
    """The sentences that are alike but for how they begin."""
    endings: dict[tuple[str, ...], list[Example]] = {}
    for example in examples:
        endings.setdefault(example.words[BEGINNING:], []).append(example)
    return endings


def _replies(model: NextOutput, examples: Sequence[Example]) -> list[tuple[str, float]]:
    """The likeliest output after each sentence, with its probability."""
    tokenizer = smalltalk.tokenizer()
    pairs = ((example.words, example.reply) for example in examples)
    sentences = encode(pairs, tokenizer)
    said: list[tuple[str, float]] = []
    with torch.inference_mode():
        for which in torch.split(torch.arange(len(sentences)), 1024):
            batch = sentences.take(which)
            last = torch.arange(len(batch)), batch.lengths - 1
            best = torch.softmax(model.scores(model.states(batch.words)[last]), dim=-1).max(dim=-1)  # (B,)
            said += [
                (tokenizer.outputs[k], p) for k, p in zip(best.indices.tolist(), best.values.tolist(), strict=True)
            ]
    return said
