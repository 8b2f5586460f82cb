"""What a next-word model is worth: its replies, its perplexity, and what simple counting reaches on the same words."""

from __future__ import annotations

import math

import torch
from jaxtyping import Float, Int
from torch import Tensor
from torch.nn.functional import cross_entropy

from rnn_core.models.language_model import NextOutput
from rnn_core.training.sentences import NOTHING, Sentences

ADD = 0.01  # what counting adds to every count; of 1, 0.1, 0.01, 0.001 the one with which the bigram does best


def score(model: NextOutput, sentences: Sentences) -> dict[str, float]:
    """Reply accuracy and perplexity.

    `reply_accuracy` is the share of sentences after whose last word the likeliest of *all* outputs is the right reply.
    `perplexity` is exp of the mean of −log p over every output that follows a word: words and replies.
    """
    right, surprise = 0, 0.0
    with torch.inference_mode():
        for which in torch.split(torch.arange(len(sentences)), 1024):
            batch = sentences.take(which)
            counts = batch.targets != NOTHING
            states = model.states(batch.words)  # (B, T, H)
            last = torch.arange(len(batch)), batch.lengths - 1
            right += int((model.scores(states[last]).argmax(dim=-1) == batch.targets[last]).sum())
            surprise += cross_entropy(model.scores(states[counts]), batch.targets[counts], reduction="sum").item()
    return {
        "reply_accuracy": right / len(sentences),
        "perplexity": math.exp(surprise / int(sentences.lengths.sum())),
    }


def unigram_perplexity(train: Sentences, test: Sentences, outputs: int) -> float:
    """Of guessing by how often each output occurs in `train`, whatever came before it."""
    counts = torch.bincount(train.targets[train.targets != NOTHING], minlength=outputs).double() + ADD  # (V,)
    return _perplexity((counts / counts.sum())[test.targets[test.targets != NOTHING]])


def bigram_perplexity(train: Sentences, test: Sentences, words: int, outputs: int) -> float:
    """Of guessing by how often each output follows the last word in `train`."""
    counts = torch.full((words, outputs), ADD, dtype=torch.float64)
    counts.index_put_(_pairs(train), torch.tensor(1.0, dtype=torch.float64), accumulate=True)
    return _perplexity((counts / counts.sum(dim=1, keepdim=True))[_pairs(test)])


def _pairs(sentences: Sentences) -> tuple[Int[Tensor, " P"], Int[Tensor, " P"]]:
    counts = sentences.targets != NOTHING
    return sentences.words[counts], sentences.targets[counts]


def _perplexity(probabilities: Float[Tensor, " P"]) -> float:
    return float(torch.exp(-probabilities.log().mean()))
