from __future__ import annotations

from collections import Counter

import pytest
import torch

from rnn_core import order
from rnn_core.models import registry
from rnn_core.tasks import smalltalk
from rnn_core.training.order import baselines, can_read, order_score, twins
from rnn_core.training.shipped import sentences
from rnn_core.training.tasks import SMALLTALK

ORDER = SMALLTALK.manifest()["order"]


def test_a_twin_has_the_same_words_as_a_sentence_with_another_reply() -> None:
    held_out = smalltalk.split().test
    assert len(twins()) == len(held_out)
    bags = {(frozenset(Counter(example.words).items()), example.reply) for example in smalltalk.examples()}
    replies = Counter(bag for bag, _ in bags)
    assert all((replies[frozenset(Counter(e.words).items())] > 1) == t for e, t in zip(held_out, twins(), strict=True))
    assert twins().sum() >= 100


def test_the_most_frequent_reply_is_right_of_few_and_of_no_twin() -> None:
    learned, held_out = smalltalk.split()
    (reply, _), *_ = Counter(example.reply for example in learned).most_common()
    found = baselines()
    assert found.majority == sum(example.reply == reply for example in held_out) / len(held_out)
    of_twins = [example.reply == reply for example, twin in zip(held_out, twins().tolist(), strict=True) if twin]
    assert found.majority_twins == sum(of_twins) / len(of_twins)
    assert 0 < found.chance < found.majority


def test_a_window_cannot_read_what_is_too_long_for_it() -> None:
    held_out = sentences()[1]
    readable = can_read(order.READERS[1], held_out)
    assert torch.equal(readable, held_out.lengths <= order.PLACES)
    assert can_read(order.RECURRENT[0], held_out).all()


@pytest.mark.parametrize("spec", [order.READERS[0], order.READERS[1]], ids=lambda spec: spec.name)
def test_the_manifest_counts_what_each_network_answers(spec: order.NetworkSpec) -> None:
    model, (_, held_out) = registry.family_of(spec).load(spec), sentences()
    right = [
        registry.answers(spec, [example.words])[0].reply.text == example.reply
        if spec.takes(len(example.words))
        else False
        for example in smalltalk.split().test[:200]
    ]
    small = held_out.take(torch.arange(200))
    found = order_score(model, spec, small, twins()[:200])
    assert found["right"] == sum(right)
    assert found["twins_right"] == sum(r and bool(t) for r, t in zip(right, twins(), strict=False))
    assert order_score(model, spec, held_out, twins()) == pytest.approx(ORDER[spec.name], abs=3)


def test_only_a_network_that_knows_the_order_answers_where_the_order_tells() -> None:
    count = SMALLTALK.manifest()["sentences"]["twins"]
    shares = {spec.name: ORDER[spec.name]["twins_right"] / count for spec in order.NETWORKS}
    assert shares[order.READERS[0].name] < 0.6
    assert shares[order.READERS[2].name] < 0.6
    assert min(shares[spec.name] for spec in (order.READERS[1], *order.RECURRENT)) > 0.9


def test_every_network_reads_what_it_can() -> None:
    total = SMALLTALK.manifest()["sentences"]["test"]
    readable = {spec.name: ORDER[spec.name]["readable"] for spec in order.NETWORKS}
    assert readable.pop(order.READERS[1].name) < total
    assert set(readable.values()) == {total}
