from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_core import ModelSpec, lineup
from rnn_core.models import registry
from rnn_core.models.family import count_parameters
from rnn_core.specs import ResponderSpec, TransformerSpec
from rnn_core.training import responders, transformers

SHIPPED = (8, 16, 32, 64)


def test_equal_units_are_equal() -> None:
    for hidden in (16, 32):
        assert lineup.sizes(hidden, "units", 24, SHIPPED) == dict.fromkeys(lineup.NETWORKS, hidden)
    small, large = (lineup.sizes(hidden, "units", 24, SHIPPED) for hidden in (8, 64))
    assert small == dict.fromkeys(lineup.NETWORKS, 8) | {"transformer": 16}
    assert large == dict.fromkeys(lineup.NETWORKS, 64) | {"attentive": 32, "transformer": 32}


def test_there_are_the_sizes_that_are_shipped() -> None:
    made = {"transformer": tuple(sorted({spec.hidden for spec in transformers.SHIPPED}))}
    for spec in responders.SHIPPED:
        made[spec.kind] = (*made.get(spec.kind, ()), lineup.units(spec))
    assert made == dict(lineup.MADE)


@given(st.sampled_from(SHIPPED), st.integers(1, 64))
def test_no_shipped_size_is_nearer_to_the_gru_s_count(hidden: int, inputs: int) -> None:
    found = lineup.sizes(hidden, "parameters", inputs, SHIPPED)
    wanted = lineup.count("gru", inputs, hidden).total
    assert found["gru"] == hidden
    assert tuple(found) == lineup.NETWORKS
    for cell in found:
        off = {size: abs(lineup.count(cell, inputs, size).total - wanted) for size in lineup.MADE.get(cell, SHIPPED)}
        assert off[found[cell]] == min(off.values())


def test_the_networks_are_at_these_sizes() -> None:
    specs = lineup.select_specs(16, "parameters", 24, SHIPPED, weights="fresh", seed=3)
    assert specs[0] == ModelSpec(cell="rnn", hidden=32, weights="fresh", seed=3)
    assert specs[3:] == (
        ResponderSpec(kind="bidirectional", hidden=8, weights="fresh", seed=3),
        ResponderSpec(kind="attentive", hidden=8, weights="fresh", seed=3),
        TransformerSpec(hidden=16, weights="fresh", seed=3),
    )
    assert tuple(spec.cell for spec in specs) == lineup.NETWORKS


@pytest.mark.parametrize("fair", ["units", "parameters"])
@pytest.mark.parametrize("hidden", SHIPPED)
def test_the_counts_are_those_of_the_networks(hidden: int, fair: lineup.Fair) -> None:
    for spec in lineup.select_specs(hidden, fair, 24, SHIPPED):
        counted = lineup.count(spec.cell, 24, lineup.units(spec))
        own = count_parameters(registry.family_of(spec).load(spec))
        assert counted.total == own
        assert counted.formula.endswith(f" = {own:,}")
        said, value = counted.formula.replace(",", "").replace("·", "*").split(" = ")
        assert eval(said) == int(value)  # a formula of our own


@given(st.integers(1, 40))
def test_a_distance_does_not_grow_with_the_number_of_units(units: int) -> None:
    one, other = np.zeros((3, units), np.float32), np.full((3, units), 0.25, np.float32)
    assert lineup.rms_difference(one, other) == pytest.approx([0.25] * 3)


def test_how_long_a_difference_lives() -> None:
    assert lineup.persistence(np.array([1.0, 0.5, 0.1, 0.01])) == pytest.approx(2.0, abs=1e-9)
    assert lineup.persistence(np.array([1.0, 0.01]), 0.1) == pytest.approx(0.5)
    assert lineup.persistence(np.array([1.0, 2.0])) is None
    assert lineup.persistence(np.zeros(3)) is None


def test_how_far_a_state_moves() -> None:
    assert lineup.mean_step_change(np.array([[0.0, 0.0], [0.5, 0.5], [0.5, 0.5]])) == 0.25
    assert lineup.mean_step_change(np.ones((1, 4))) == 0
