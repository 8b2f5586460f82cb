from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch

import rnn_core as rc
from rnn_core.models import model_trace
from rnn_core.models.sentiment import CLASSIFIERS, SentimentPrediction, classify
from rnn_core.tasks.sentiment import FEELINGS, SHIPPED, SentimentSpec, learned

if TYPE_CHECKING:
    from pathlib import Path

WORDS = ["今日", "は", "あまり", "暖かく", "ない", "未知語"]


@pytest.mark.parametrize("spec", SHIPPED, ids=lambda spec: spec.name)
def test_the_last_bits_aside_a_batch_says_what_each_sentence_says_alone(spec: SentimentSpec) -> None:
    """In float64: sentences that are filled up are read as if they were not."""
    model = CLASSIFIERS.fresh(spec).double()
    words = torch.tensor([[1, 2, 3, 4, 5], [6, 7, 8, 0, 0], [9, 0, 0, 0, 0]])
    lengths = torch.tensor([5, 3, 1])
    both = model(words, lengths)
    for row, length in enumerate(lengths.tolist()):
        alone = model(words[row : row + 1, :length], torch.tensor([length]))[0]
        torch.testing.assert_close(both[row, : len(alone)], alone, rtol=0, atol=1e-12)


@pytest.mark.parametrize("directions", [1, 2])
def test_it_is_torchs_lstm_and_what_is_read_of_it(directions: int) -> None:
    spec = SentimentSpec(asked="sentence", directions=directions)
    model = CLASSIFIERS.fresh(spec).double()
    words = torch.tensor([[3, 1, 4, 1]])
    states = model.recurrent(model.embedding(words))[0][0]  # (T, directions · H)
    read = states[-1] if directions == 1 else torch.cat([states[-1, : spec.hidden], states[0, spec.hidden :]])
    torch.testing.assert_close(model(words, torch.tensor([4]))[0, 0], model.readout(read), rtol=0, atol=1e-12)
    at_each = CLASSIFIERS.fresh(SentimentSpec(asked="word", directions=directions)).double()
    read = at_each.recurrent(at_each.embedding(words))[0]
    torch.testing.assert_close(at_each(words, torch.tensor([4])), at_each.readout(read), rtol=0, atol=1e-12)


def test_one_direction_knows_nothing_of_what_is_to_come_and_two_do() -> None:
    for directions, same in ((1, True), (2, False)):
        spec = SentimentSpec(asked="word", directions=directions)
        one, other = (classify(spec, words).shares for words in (WORDS, [*WORDS[:3], "寒く", "ない", "よ"]))
        assert bool((one[:3] == other[:3]).all()) is same


@pytest.mark.parametrize("spec", SHIPPED, ids=lambda spec: spec.name)
def test_what_is_said_are_shares_and_the_count_is_that_of_the_table(spec: SentimentSpec) -> None:
    said = classify(spec, WORDS)
    assert said.shares.shape == ((6, 3) if spec.asked == "word" else (1, 3))
    np.testing.assert_allclose(said.shares.sum(axis=1), 1, atol=1e-6)
    assert said.parameters == learned(spec.directions, spec.hidden)
    with pytest.raises(ValueError, match="read-only"):
        said.shares[0, 0] = 1


@pytest.mark.parametrize("tokens", [[], "今日は", [1, 2]])
def test_what_is_no_list_of_words_is_refused(tokens: object) -> None:
    with pytest.raises(rc.KiokuError) as error:
        classify(SHIPPED[0], tokens)  # type: ignore[arg-type]  # on purpose
    assert error.value.code == "not_words"


def test_a_fresh_network_leaves_chance_as_it_was() -> None:
    before = torch.random.get_rng_state()
    one, other = CLASSIFIERS.fresh(SHIPPED[0]), CLASSIFIERS.fresh(SHIPPED[0])
    assert torch.equal(before, torch.random.get_rng_state())
    assert torch.equal(one.readout.weight, other.readout.weight)


def test_missing_damaged_and_outdated_weights_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spec, path = SHIPPED[0], tmp_path / f"{SHIPPED[0].name}.safetensors"
    monkeypatch.setattr(model_trace, "PRETRAINED", tmp_path)
    codes = []
    for prepare in (
        lambda: None,
        lambda: path.write_bytes(b"nothing"),
        lambda: CLASSIFIERS.save(CLASSIFIERS.fresh(spec), SHIPPED[1], path),
        lambda: CLASSIFIERS.save(CLASSIFIERS.fresh(SHIPPED[1]), spec, path),
    ):
        prepare()
        with pytest.raises(rc.KiokuError) as error:
            CLASSIFIERS.load(spec)
        codes.append(error.value.code)
    assert codes == ["weights_missing", "weights_damaged", "weights_outdated", "weights_sizes"]
    CLASSIFIERS.save(CLASSIFIERS.fresh(spec), spec, path)
    assert torch.equal(CLASSIFIERS.load(spec).readout.weight, CLASSIFIERS.fresh(spec).readout.weight)


@pytest.mark.parametrize(
    ("answers", "settled"), [((0,), 0), ((2, 2, 2), 0), ((0, 2, 2), 1), ((2, 0, 2), 2), ((0, 1, 2), 2)]
)
def test_it_has_settled_from_the_word_on_after_which_no_answer_is_another(
    answers: tuple[int, ...], settled: int
) -> None:
    shares = np.eye(3, dtype=np.float32)[list(answers)]
    said = SentimentPrediction(SentimentSpec(asked="word", directions=1), ("語",) * len(answers), shares, 7000)
    assert said.settled == settled
    assert said.feeling(-1) == FEELINGS[answers[-1]]
