from __future__ import annotations

from pages._chapters.transformer.heads import HEADS, MARKED, STATE, WEIGHTS
from rnn_core.models import registry
from rnn_core.training import transformers


def test_every_network_that_can_be_named_has_as_many_heads_as_are_drawn() -> None:
    for spec in transformers.SHIPPED:
        trace = registry.run(spec, ["今日", "は"])
        assert {layer[WEIGHTS].shape[1] for layer in trace.attention} == {HEADS}
        assert STATE in trace.layer()


def test_the_player_moves_along_the_rows_of_the_maps_and_the_columns_of_the_states() -> None:
    assert [axis for chart, axis in MARKED.items() if chart.startswith(WEIGHTS)] == ["y"] * HEADS
    assert MARKED[STATE] == "x"
