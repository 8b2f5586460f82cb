import pytest
import torch
from torch.nn.functional import log_softmax

from rnn_core.models.language_model import NextWord, build_next_word
from rnn_core.specs import ModelSpec
from rnn_core.text.tokenizer import Tokenizer
from rnn_core.text.vocabulary import Vocabulary
from rnn_core.training.sentences import NOTHING, Sentences, encode, next_word_loss
from rnn_core.training.spec import TrainSpec

VOCABULARY = Vocabulary(("a", "b", "c"))
OUTPUTS = ("a", "b", "c", "Yes!", "No!")
TOKENIZER = Tokenizer(VOCABULARY, OUTPUTS)
PAIRS = [(("a", "b", "c"), "Yes!"), (("c",), "No!"), (("b", "a"), "Yes!")]


@pytest.fixture
def sentences() -> Sentences:
    return encode(PAIRS, TOKENIZER)


@pytest.fixture
def model() -> NextWord:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        return build_next_word(ModelSpec(cell="gru", hidden=4), TOKENIZER)


def test_each_word_is_to_predict_the_next_and_the_last_the_reply(sentences: Sentences) -> None:
    assert sentences.words.tolist() == [[1, 2, 3], [3, 0, 0], [2, 1, 0]]
    assert sentences.targets.tolist() == [[1, 2, 3], [4, NOTHING, NOTHING], [0, 3, NOTHING]]
    assert sentences.lengths.tolist() == [3, 1, 2]
    assert len(sentences) == 3


def test_a_part_is_filled_up_no_further_than_it_needs(sentences: Sentences) -> None:
    part = sentences.take(torch.tensor([2, 1]))
    assert part.words.tolist() == [[2, 1], [3, 0]]
    assert part.targets.tolist() == [[0, 3], [4, NOTHING]]


@pytest.mark.parametrize("reply_weight", [0.0, 1.0, 2.5])
def test_the_loss_is_the_weighted_mean_over_what_counts(
    sentences: Sentences, model: NextWord, reply_weight: float
) -> None:
    plan = TrainSpec(epochs=1, rate=0.1, reply_weight=reply_weight)
    total = weights = 0.0
    for words, reply in PAIRS:
        log_p = log_softmax(model(torch.tensor([VOCABULARY.encode(words)]))[0], dim=-1)
        for step, following in enumerate([*words[1:], reply]):
            weight = reply_weight if following == reply else 1.0
            total -= weight * log_p[step, OUTPUTS.index(following)].item()
            weights += weight
    measured = next_word_loss(model, sentences, plan, torch.Generator().manual_seed(0))
    assert measured.item() == pytest.approx(total / weights, rel=1e-5)


def test_what_fills_up_teaches_nothing(sentences: Sentences, model: NextWord) -> None:
    next_word_loss(model, sentences, TrainSpec(epochs=1, rate=0.1), torch.Generator().manual_seed(0)).backward()
    assert model.embedding.weight.grad is not None
    assert model.embedding.weight.grad[0].eq(0).all()
    assert model.embedding.weight.grad[1].ne(0).any()


def test_dropped_words_teach_the_unknown_one_and_are_drawn_from_the_generator(
    sentences: Sentences, model: NextWord
) -> None:
    plan = TrainSpec(epochs=1, rate=0.1, word_dropout=0.6)

    def loss(seed: int) -> torch.Tensor:
        return next_word_loss(model, sentences, plan, torch.Generator().manual_seed(seed))

    assert loss(0).item() == loss(0).item() != loss(2).item()
    loss(0).backward()
    assert model.embedding.weight.grad is not None
    assert model.embedding.weight.grad[0].ne(0).any()
    assert sentences.words.tolist() == [[1, 2, 3], [3, 0, 0], [2, 1, 0]]
