"""Specs: frozen, validated, and named by their content."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rnn_core as rc
from rnn_core.quantities import CELLS
from rnn_core.specs import KATAKANA_HIDDEN, MAX_HIDDEN, MAX_SEED, BaselineSpec, TransformerSpec, TranslatorSpec

SPECS = st.builds(
    rc.ModelSpec,
    cell=st.sampled_from(CELLS),
    hidden=st.integers(1, MAX_HIDDEN),
    layers=st.integers(1, 4),
    bidirectional=st.booleans(),
    weights=st.sampled_from(["trained", "fresh"]),
    seed=st.integers(0, MAX_SEED),
)


@given(SPECS, SPECS)
def test_equal_specs_and_only_they_have_one_id(a, b) -> None:
    assert (a == b) == (a.id == b.id)
    assert rc.ModelSpec(**a.model_dump()).id == a.id
    assert a.name.startswith(f"{a.task}-{a.cell}-{a.hidden}")


def test_the_id_is_the_same_in_another_process() -> None:
    code = "import rnn_core as rc; print(rc.ModelSpec(cell='lstm', hidden=16).id)"
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
    assert other == rc.ModelSpec(cell="lstm", hidden=16).id


@pytest.mark.parametrize(
    "values",
    [
        {"cell": "transformer", "hidden": 8},
        {"cell": "rnn"},
        {"cell": "rnn", "hidden": 0},
        {"cell": "rnn", "hidden": MAX_HIDDEN + 1},
        {"cell": "rnn", "hidden": "8"},
        {"cell": "rnn", "hidden": 8.0},
        {"cell": "rnn", "hidden": 8, "seed": -1},
        {"cell": "rnn", "hidden": 8, "weights": "magic"},
        {"cell": "rnn", "hidden": 8, "speed": 1},
    ],
)
def test_what_is_not_a_spec_is_a_kioku_error(values) -> None:
    with pytest.raises(rc.KiokuError) as caught:
        rc.ModelSpec(**values)
    assert caught.value.code == "bad_spec"


def test_a_spec_cannot_be_changed() -> None:
    spec = rc.ModelSpec(cell="gru", hidden=8)
    with pytest.raises(ValueError, match="frozen"):
        spec.hidden = 9


@given(
    st.one_of(
        st.builds(BaselineSpec, kind=st.just("bag"), hidden=st.integers(1, MAX_HIDDEN)),
        st.builds(
            BaselineSpec,
            kind=st.sampled_from(["window", "convolution"]),
            words=st.integers(1, MAX_HIDDEN),
            hidden=st.integers(1, MAX_HIDDEN),
            seed=st.integers(0, MAX_SEED),
        ),
    ),
    st.integers(1, 100),
)
def test_a_reader_takes_as_many_words_as_it_has_places(spec, words) -> None:
    assert BaselineSpec(**spec.model_dump()).id == spec.id
    assert spec.name == f"smalltalk-{spec.kind}{spec.words or ''}-{spec.hidden}-seed{spec.seed}"
    assert spec.takes(words) == (spec.kind != "window" or words <= spec.words)
    assert not spec.takes(0)


@pytest.mark.parametrize(
    "values",
    [
        {"kind": "bag", "hidden": 8, "words": 3},
        {"kind": "window", "hidden": 8},
        {"kind": "convolution", "hidden": 8},
        {"kind": "convolution", "hidden": 8, "words": 0},
        {"kind": "tree", "hidden": 8},
    ],
)
def test_what_is_not_a_reader_is_a_kioku_error(values) -> None:
    with pytest.raises(rc.KiokuError) as caught:
        BaselineSpec(**values)
    assert caught.value.code == "bad_spec"


def test_a_recurrent_network_takes_any_length() -> None:
    spec = rc.ModelSpec(cell="rnn", hidden=8)
    assert spec.takes(1)
    assert spec.takes(10_000)
    assert not spec.takes(0)


@given(
    st.builds(
        TranslatorSpec,
        task=st.sampled_from(["phrases", "names", "kanji"]),
        attention=st.sampled_from(["none", "additive", "dot"]),
        hidden=st.integers(1, MAX_HIDDEN),
        seed=st.integers(0, MAX_SEED),
    )
)
def test_a_translator_is_named_by_task_attention_and_size(spec) -> None:
    assert TranslatorSpec(**spec.model_dump()).id == spec.id
    assert spec.name == f"{spec.task}-{spec.attention}-{spec.hidden}-seed{spec.seed}"
    assert spec.heads == (spec.attention != "none")
    assert spec.cell == "gru"


def test_katakana_has_one_network_of_four_heads() -> None:
    values = {"task": "katakana", "attention": "dot", "hidden": KATAKANA_HIDDEN}
    assert TranslatorSpec(**values).heads == 4
    for other in ({"attention": "none"}, {"hidden": 24}, {"weights": "fresh"}, {"seed": 1}, {"directions": 1}):
        with pytest.raises(rc.KiokuError) as caught:
            TranslatorSpec(**values | other)
        assert caught.value.code == "bad_spec"
        assert "one network" in str(caught.value)


@given(hidden=st.integers(1, 16), layers=st.integers(1, 4), heads=st.integers(1, 8), positions=st.booleans())
def test_a_transformer_is_named_by_what_it_is(hidden, layers, heads, positions) -> None:
    spec = TransformerSpec(hidden=2 * hidden * heads, layers=layers, heads=heads, positions=positions)
    assert TransformerSpec(**spec.model_dump()).id == spec.id
    others = (("layers", 5 - layers or 1), ("heads", 1 if heads > 1 else 2), ("positions", not positions))
    for field, value in others:
        other = TransformerSpec(**spec.model_dump() | {field: value})
        assert (other.name == spec.name) == (other == spec)
    assert spec.takes(10_000)
    assert not spec.takes(0)


@pytest.mark.parametrize("values", [{"hidden": 30}, {"hidden": 9, "heads": 3}, {"hidden": 8, "heads": 0}, {}])
def test_what_is_not_a_transformer_is_a_kioku_error(values) -> None:
    with pytest.raises(rc.KiokuError) as caught:
        TransformerSpec(**values)
    assert caught.value.code == "bad_spec"
