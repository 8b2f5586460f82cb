import math

import pytest
import torch

from rnn_core.models.language_model import NextWord, build_next_word
from rnn_core.specs import ModelSpec
from rnn_core.text.tokenizer import Tokenizer
from rnn_core.text.vocabulary import Vocabulary
from rnn_core.training.metrics import ADD, bigram_perplexity, score, unigram_perplexity
from rnn_core.training.sentences import encode

VOCABULARY = Vocabulary(("a", "b"))
OUTPUTS = ("a", "b", "Yes!", "No!")
TOKENIZER = Tokenizer(VOCABULARY, OUTPUTS)
TRAIN = encode([(("a", "b"), "Yes!"), (("a", "a"), "No!"), (("b",), "No!")], TOKENIZER)
TEST = encode([(("b", "b"), "Yes!"), (("a",), "No!")], TOKENIZER)


def constant(scores: list[float]) -> NextWord:
    """A model whose scores are the same after every word."""
    model = build_next_word(ModelSpec(cell="rnn", hidden=2), TOKENIZER)
    with torch.no_grad():
        model.readout.weight.zero_()
        model.readout.bias.copy_(torch.tensor(scores))
    return model


def test_a_model_that_knows_nothing_has_as_many_choices_as_there_are_outputs() -> None:
    assert score(constant([0.0] * 4), TEST)["perplexity"] == pytest.approx(4.0)


def test_a_reply_is_right_only_if_it_is_the_likeliest_of_all_outputs() -> None:
    assert score(constant([0, 0, 1, 0]), TEST)["reply_accuracy"] == 0.5
    assert score(constant([0, 0, 0, 1]), TRAIN)["reply_accuracy"] == pytest.approx(2 / 3)
    assert score(constant([0, 2, 1, 1]), TEST)["reply_accuracy"] == 0.0


def test_perplexity_counts_words_and_replies_once_each() -> None:
    p = torch.softmax(torch.tensor([0.0, 1.0, 2.0, 3.0]), dim=0)
    mean = (p[1].log() + p[2].log() + p[3].log()).item() / 3  # b after b, Yes! after b b, No! after a
    assert score(constant([0, 1, 2, 3]), TEST)["perplexity"] == pytest.approx(math.exp(-mean), rel=1e-5)


def test_the_unigram_counts_outputs() -> None:
    seen = {"a": 1, "b": 1, "Yes!": 1, "No!": 2}
    p = [(seen[text] + ADD) / (5 + 4 * ADD) for text in ("b", "Yes!", "No!")]
    assert unigram_perplexity(TRAIN, TEST, 4) == pytest.approx(math.prod(p) ** (-1 / 3))


def test_the_bigram_counts_outputs_by_the_word_before() -> None:
    after_b, after_a = 2 + 4 * ADD, 3 + 4 * ADD  # b is followed by Yes! and No!, a by b, a and No!
    p = [ADD / after_b, (1 + ADD) / after_b, (1 + ADD) / after_a]
    assert bigram_perplexity(TRAIN, TEST, 3, 4) == pytest.approx(math.prod(p) ** (-1 / 3))
