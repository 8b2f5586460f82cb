from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from rnn_core import ModelSpec, lineup
from rnn_core.models import registry
from rnn_core.models.family import count_parameters
from rnn_core.quantities import CELLS
from rnn_core.specs import ResponderSpec, TransformerSpec

SPECS = {
    **{units: lineup.select_specs(lineup.equal_units(units)) for units in lineup.UNITS},
    **{budget: lineup.select_specs(sizes) for budget, sizes in lineup.BUDGETS.items()},
}


def total(spec: lineup.Compared) -> int:
    return count_parameters(registry.family_of(spec).fresh(spec))


@pytest.mark.parametrize("units", lineup.UNITS)
def test_equal_units_are_equal(units: int) -> None:
    assert [lineup.units(spec) for spec in SPECS[units]] == [units] * len(lineup.NETWORKS)


@pytest.mark.parametrize("budget", lineup.BUDGETS)
def test_equal_parameters_are_ten_per_cent_apart_at_most(budget: int) -> None:
    totals = [total(spec) for spec in SPECS[budget]]
    assert lineup.spread(totals) <= 1.1
    assert all(abs(found / budget - 1) < 0.1 for found in totals)
    assert tuple(spec.cell for spec in SPECS[budget]) == lineup.NETWORKS


def test_the_networks_are_at_these_sizes() -> None:
    specs = lineup.select_specs(lineup.BUDGETS[5_800], weights="fresh", seed=3)
    assert specs[0] == ModelSpec(cell="rnn", hidden=64, weights="fresh", seed=3)
    assert specs[3:] == (
        ResponderSpec(kind="bidirectional", hidden=17, weights="fresh", seed=3),
        ResponderSpec(kind="attentive", hidden=24, weights="fresh", seed=3),
        TransformerSpec(hidden=16, weights="fresh", seed=3),
    )


@given(st.integers(1, 40))
def test_a_distance_does_not_grow_with_the_number_of_units(units: int) -> None:
    one, other = np.zeros((3, units), np.float32), np.full((3, units), 0.25, np.float32)
    assert lineup.rms_difference(one, other) == pytest.approx([0.25] * 3)


@pytest.mark.parametrize("kind", ["bidirectional", "attentive"])
def test_the_reply_is_read_from_these_numbers(kind: str) -> None:
    spec = ResponderSpec(kind=kind, hidden=8)
    trace, model = registry.run(spec, ("今日", "は", "暑い")), registry.RESPONDERS.load(spec)
    read = lineup.read_by_reply(kind, trace.layers.layers[-1][0]["hidden_state"])
    with torch.no_grad():
        replied = model.scores(torch.tensor(read)).softmax(-1)[0].numpy()
    np.testing.assert_allclose(replied, trace.distribution[-1], atol=1e-6)


def test_what_ties_is_right_and_what_is_near_is_nearly_so() -> None:
    shares = {"rnn": 0.5041, "lstm": 0.504, "gru": 0.26, "attentive": 0.1}
    verdicts = {cell: lineup.judge_share(shares, cell) for cell in (*shares, "transformer")}
    assert verdicts == {"rnn": "right", "lstm": "right", "gru": "near", "attentive": "wrong", "transformer": "wrong"}


SIZES = st.floats(0)


@given(st.lists(st.tuples(SIZES, SIZES), min_size=3, max_size=3))
def test_there_is_always_a_right_answer(ends: list[tuple[float, float]]) -> None:
    gaps = {cell: np.array([first, last]) for cell, (first, last) in zip(CELLS, ends, strict=True)}
    shares = lineup.share_left(gaps, {cell: last for cell, (_, last) in zip(CELLS, ends, strict=True)})
    assert set(shares) <= {cell for cell, values in gaps.items() if values[0] > 0}
    assert not np.isnan([*shares.values()]).any()
    assert not shares or "right" in [lineup.judge_share(shares, cell) for cell in shares]


def test_where_nothing_changes_nothing_is_left() -> None:
    assert lineup.share_left({"rnn": np.zeros(6)}, {"rnn": 0.0}) == {}
    assert lineup.judge_share({}, "rnn") == "right"
