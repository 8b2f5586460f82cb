"""The network that an address names, and what of it is shown."""

from __future__ import annotations

import pytest

from pages._ui.address import CONTROLS, parse
from pages._ui.network import is_named, recurrent_spec_of, spec_of
from rnn_core import KiokuError, ModelSpec
from rnn_core.messages import LANGUAGES
from rnn_core.specs import MinimalSpec
from rnn_core.training.minimal import KEPT

STATE = {key: row.default for key, row in CONTROLS.items()}
OWN = "file:" + "0f" * 32


def test_a_network_is_named_by_its_cell_its_size_and_where_its_weights_come_from() -> None:
    assert spec_of(STATE) == ModelSpec(cell="lstm", hidden=16)
    assert spec_of({**STATE, "seed": 3}) == ModelSpec(cell="lstm", hidden=16)
    drawn = spec_of({**STATE, "weights": "fresh", "seed": 3, "cell": "gru"})
    assert drawn == ModelSpec(cell="gru", hidden=16, weights="fresh", seed=3)


@pytest.mark.parametrize("name", ["run:a-1", OWN])
def test_a_name_that_only_its_source_knows_is_taken_from_the_address_and_given_to_the_source(name: str) -> None:
    state, notices = parse({"weights": [name]}, CONTROLS)
    assert (state["weights"], notices) == (name, ())
    assert is_named(name)
    with pytest.raises(KiokuError) as caught:
        spec_of(state)
    assert caught.value.code == ("lab_unknown" if name.startswith("run:") else "source_file")


@pytest.mark.parametrize("wrong", ["run:", "file:12", "run:../x", OWN + "0", "Trained"])
def test_what_is_no_name_is_not_taken(wrong: str) -> None:
    state, (notice,) = parse({"weights": [wrong]}, CONTROLS)
    assert (state["weights"], notice.code) == ("trained", "option")


@pytest.mark.parametrize("cell", ["mingru", "minlstm"])
def test_a_minimal_cell_is_named_in_the_same_way(cell: str) -> None:
    assert recurrent_spec_of({**STATE, "cell": cell, "seed": 3}) == MinimalSpec(cell=cell, hidden=16)
    drawn = recurrent_spec_of({**STATE, "cell": cell, "hidden": 32, "weights": "fresh", "seed": 3})
    assert drawn == MinimalSpec(cell=cell, hidden=32, weights="fresh", seed=3)
    assert {spec.hidden for spec in KEPT} == set(MinimalSpec.shipped)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_of_a_size_that_is_not_shipped_it_says_which_are(lang: str) -> None:
    with pytest.raises(KiokuError) as caught:
        recurrent_spec_of({**STATE, "cell": "mingru", "hidden": 32})
    assert caught.value.code == "minimal_sizes"
    assert all(said in caught.value.text(lang) for said in ("minGRU", "16", "32"))
