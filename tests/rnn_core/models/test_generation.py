from __future__ import annotations

import pytest

from rnn_core.errors import KiokuError
from rnn_core.models import registry
from rnn_core.models.generation import FIRST, MOST, write_on
from rnn_core.specs import ModelSpec, NetworkSpec, TransformerSpec

NETWORKS: list[NetworkSpec] = [
    ModelSpec(cell="rnn", hidden=32),
    TransformerSpec(hidden=32),
    TransformerSpec(hidden=16),
]


@pytest.mark.parametrize("spec", NETWORKS, ids=lambda spec: spec.name)
def test_each_word_is_the_most_probable_after_those_before_it(spec: ModelSpec | TransformerSpec) -> None:
    written = write_on(spec, [FIRST])
    trace = registry.run(spec, written)
    best = [trace.top(step, 1)[0] for step in range(len(written))]
    assert tuple(guess.text for guess in best[:-1]) == written[1:]
    assert [guess.ends for guess in best] == [False] * (len(written) - 1) + [True]


def test_the_shipped_networks_of_32_units_write_the_same_sentence() -> None:
    one, other = (write_on(spec, [FIRST]) for spec in NETWORKS[:2])
    assert one == other
    assert len(one) == 8


def test_what_never_ends_is_cut_off() -> None:
    assert write_on(NETWORKS[0], [FIRST], most=3) == ("友達", "は", "昨日")
    assert len(write_on(ModelSpec(cell="lstm", hidden=8, weights="fresh", seed=3), [FIRST] * MOST)) == MOST


def test_no_words_are_a_kioku_error() -> None:
    with pytest.raises(KiokuError):
        write_on(NETWORKS[0], [])
