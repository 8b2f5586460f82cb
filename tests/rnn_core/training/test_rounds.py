from __future__ import annotations

from itertools import islice

import torch

import rnn_core as rc
from rnn_core.models import registry
from rnn_core.models.sentence_spec import continued
from rnn_core.specs import ModelSpec
from rnn_core.training import rounds
from rnn_core.training.parallel import tables


def test_the_table_has_what_the_networks_give() -> None:
    found, stored = dict(islice(rounds.by_network(), 4)), tables()["networks"]
    assert list(found) == ["rnn-8-trained", "rnn-8-fresh", "rnn-16-trained", "rnn-16-fresh"]
    for name, row in found.items():
        assert row["clipped"] == stored[name]["clipped"]
        assert abs(row["exponent"] - stored[name]["exponent"]) < 1e-3


def test_untrained_networks_take_four_rounds_or_five() -> None:
    fresh = [row for name, row in tables()["networks"].items() if name.endswith("fresh")]
    assert len(fresh) == 12
    assert {row["plain"] for row in fresh} <= {4, 5}


def test_the_random_words_are_those_of_their_seed_and_long_sequences_take_no_more_than_they_have() -> None:
    model = registry.RECURRENT.memoized(ModelSpec(cell="gru", hidden=16))
    assert torch.equal(rounds.drawn(model, 24, 1), rounds.drawn(model, 24, 1))
    assert not torch.equal(rounds.drawn(model, 24, 1), rounds.drawn(model, 24, 2))
    stored = tables()["lengths"]
    counts = [rc.deer(model.recurrent, rounds.drawn(model, 24, seed), clip=True).rounds for seed in rounds.DRAWS]
    assert max(counts) == stored["24"]
    assert all(count is None or count <= int(words) for words, count in stored.items())


def test_training_begins_and_ends_at_the_networks_of_the_table() -> None:
    epochs, networks = tables()["epochs"], tables()["networks"]
    assert epochs["0"]["clipped"] == networks["gru-16-fresh"]["clipped"]
    assert epochs[max(epochs, key=int)]["clipped"] == networks["gru-16-trained"]["clipped"]


def test_a_scale_moves_the_rounds_of_an_untrained_network() -> None:
    model = registry.RECURRENT.memoized(ModelSpec(cell="gru", hidden=16, weights="fresh"))
    inputs, stored = rounds.embedded(model, continued(rounds.SENTENCE, rounds.WORDS)), tables()["scales"]
    found = [rounds.rounds_of(model.recurrent, inputs, scale)["clipped"] for scale in (1.0, 4.0)]
    assert found == [stored[f"gru-fresh-{scale}"]["clipped"] for scale in (1, 4)]
    assert found[0] < found[1]
