from __future__ import annotations

import math

import pytest

from rnn_core.models import registry
from rnn_core.specs import ModelSpec
from rnn_core.tasks.written import CORPORA, END
from rnn_core.training import written
from rnn_core.training.tasks import WRITTEN
from rnn_core.training.written import count, hardest, ngram, numbers, perplexity

SMALL = ModelSpec(task="given_names", cell="gru", hidden=16)


@pytest.mark.parametrize("name", WRITTEN)
def test_every_seed_of_the_large_gated_networks_is_better_than_counting(name: str) -> None:
    made = WRITTEN[name].manifest()
    large = {spec: made["models"][spec.name] for spec in WRITTEN[name].networks if spec.hidden == 64}
    assert len(large) == 9
    assert all(line["interval"][1] < made["ngram"]["interval"][0] for spec, line in large.items() if spec.cell != "rnn")
    assert name != "given_names" or all(line["perplexity"] <= 12 for line in large.values())


def test_the_line_of_a_network_is_what_its_weights_are_worth() -> None:
    task = WRITTEN["given_names"]
    line = task.manifest()["models"][SMALL.name]
    found = written.score(registry.family_of(SMALL).load(SMALL), written.held_out(SMALL))
    assert found["perplexity"] == pytest.approx(line["perplexity"], rel=1e-4)
    assert found["decisions"]["of"] == line["decisions"]["of"]
    assert line["interval"][0] < line["perplexity"] < line["interval"][1]


def test_texts_are_counted_where_they_are_found() -> None:
    learned, held_out = CORPORA["kaomoji"].split
    counts = count("kaomoji", [learned[0] + END, held_out[0] + END, learned[0], "(" + END])
    assert counts == {"drawn": 4, "learned": 1, "held_out": 1, "new": 2}


def test_what_counting_is_worth_is_that_of_its_surprise() -> None:
    model, texts = ngram("given_names"), numbers("given_names", CORPORA["given_names"].split[1])
    assert math.isclose(model.perplexity(texts), WRITTEN["given_names"].manifest()["ngram"]["perplexity"], rel_tol=1e-9)
    assert all(text[-1] == len(CORPORA["given_names"].tokenizer.outputs) - 1 for text in texts)


@pytest.mark.parametrize("task", [*CORPORA, "smalltalk"])
def test_the_hardest_text_is_no_more_probable_than_others(task: str) -> None:
    text, probability = hardest(ModelSpec(task=task, cell="gru", hidden=16))
    assert 0 < probability < 1e-3
    assert task == "smalltalk" or text in CORPORA[task].split[1]


def test_a_perplexity_has_an_interval_around_it() -> None:
    import numpy as np

    found = perplexity(np.array([2.0, 4.0, 3.0]), np.array([1.0, 2.0, 2.0]))
    assert found["interval"][0] <= found["perplexity"] <= found["interval"][1]
