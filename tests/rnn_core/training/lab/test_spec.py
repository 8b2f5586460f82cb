"""A spec names a training completely, and goes no further than the limits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_core.errors import KiokuError
from rnn_core.messages import LANGUAGES
from rnn_core.quantities import CELLS, MINIMAL
from rnn_core.training.lab.limits import LENGTHS, LIMITS, RECORDS, SECONDS, SNAPSHOTS
from rnn_core.training.lab.spec import TrainSpec

WHOLE = ("hidden", "layers", "batch", "steps", "seed")


@st.composite
def specs(draw: st.DrawFn) -> TrainSpec:
    task = draw(st.sampled_from(sorted(LENGTHS)))
    wide = {name: st.integers(int(LIMITS[name].low), min(int(LIMITS[name].high), 300)) for name in ("batch", "seed")}
    wide |= {"layers": st.integers(1, 3), "hidden": st.integers(1, 16), "steps": st.integers(1, 400)}
    wide |= {
        name: st.floats(LIMITS[name].low, LIMITS[name].high, allow_nan=False) for name in ("lr", "clip", "weight_scale")
    }
    longest = min(int(LENGTHS[task].high), max(30, int(LENGTHS[task].low)))
    return TrainSpec(
        task=task,
        length=draw(st.integers(int(LENGTHS[task].low), longest)),
        cell=draw(st.sampled_from([*CELLS, *MINIMAL])),
        bidirectional=draw(st.booleans()),
        activation=draw(st.sampled_from(["tanh", "relu"])),
        optimizer=draw(st.sampled_from(["adam", "sgd", "rmsprop"])),
        forget_bias=draw(st.none() | st.floats(-10, 10)),
        initialisation=draw(st.sampled_from(["default", "orthogonal", "identity"])),
        **{name: draw(values) for name, values in wide.items()},
    )


@given(spec=specs())
def test_its_json_is_the_spec(spec: TrainSpec) -> None:
    found = TrainSpec.model_validate_json(spec.canonical)
    assert (found, found.id) == (spec, spec.id)
    assert len(spec.canonical) <= 2000


@given(spec=specs())
def test_a_run_is_looked_at_from_its_first_update_to_its_last(spec: TrainSpec) -> None:
    for found, most in ((spec.records, RECORDS), (spec.snapshots, SNAPSHOTS)):
        assert (found[0], found[-1]) == (0, spec.steps)
        assert len(found) <= most + 1
        assert list(found) == sorted(set(found))
    assert set(spec.snapshots) <= set(spec.records)


@pytest.mark.parametrize("steps", [120, 1200, 20_000 - 80])
def test_a_run_of_many_updates_has_all_records(steps: int) -> None:
    spec = TrainSpec(task="parity", length=4, steps=steps, hidden=4, batch=8)
    assert (len(spec.records), len(spec.snapshots)) == (RECORDS + 1, SNAPSHOTS + 1)


def test_what_a_cell_or_task_does_not_have_makes_no_other_run() -> None:
    plain = TrainSpec(task="copy", length=20, cell="gru")
    assert (
        TrainSpec(task="copy", length=20, cell="gru", activation="relu", bidirectional=True, forget_bias=3.0) == plain
    )
    assert TrainSpec(task="adding", length=20, bidirectional=True, forget_bias=3.0).bidirectional
    assert TrainSpec(task="adding", length=20, cell="rnn", activation="relu").activation == "relu"
    assert TrainSpec(task="adding", length=20, forget_bias=3.0).forget_bias == 3.0


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("field", [*LIMITS, "length"])
@pytest.mark.parametrize("side", ["low", "high"])
def test_beyond_a_limit_it_says_from_where_to_where_it_goes(field: str, side: str, lang: str) -> None:
    limit = LENGTHS["adding"] if field == "length" else LIMITS[field]
    beyond = {"low": limit.low - 1, "high": limit.high + 1}[side]
    values = {"task": "adding", "length": 50} | {field: beyond}
    with pytest.raises(KiokuError) as caught:
        TrainSpec(**values)
    assert caught.value.code == "lab_limit"
    said = caught.value.text(lang)
    assert all(str(part) in said for part in (field, beyond, limit.low, limit.high))


@pytest.mark.parametrize("bad", [{"lr": float("nan")}, {"lr": float("inf")}, {"clip": float("-inf")}])
def test_what_is_no_finite_number_is_beyond_the_limits(bad: dict) -> None:
    with pytest.raises(KiokuError) as caught:
        TrainSpec(task="adding", length=50, **bad)
    assert caught.value.code == "lab_limit"


@pytest.mark.parametrize(
    "bad", [{"task": "chess"}, {"hidden": 4.5}, {"hidden": "8"}, {"lr": None}, {"speed": 1}, {"cell": 3}]
)
def test_what_it_does_not_know_is_refused(bad: dict) -> None:
    with pytest.raises(KiokuError) as caught:
        TrainSpec(**({"task": "adding", "length": 50} | bad))
    assert caught.value.code == "bad_spec"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_training_that_would_take_too_long_is_refused(lang: str) -> None:
    with pytest.raises(KiokuError) as caught:
        TrainSpec(task="adding", length=200, hidden=128, steps=20_000)
    assert caught.value.code == "lab_too_long"
    assert f"{SECONDS:.0f}" in caught.value.text(lang)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "3", "[" * 100_000, b"\xff", '{"task": "adding"}', '{"": 1}'])
def test_what_is_no_spec_is_refused(text: str | bytes) -> None:
    with pytest.raises(ValueError, match="TrainSpec"):
        TrainSpec.model_validate_json(text)
