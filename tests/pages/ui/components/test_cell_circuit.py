"""What the cell is drawn from: every number is the trace's, every row the tables', and nothing else is named."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from streamlit.components.v2.bidi_component import serialization
from streamlit.testing.v1 import AppTest

from pages._ui.components.assets import read
from pages._ui.components.cell_circuit import drawing, overlay, packed, shown
from rnn_core.messages import LANGUAGES
from rnn_core.quantities import CELLS, QUANTITIES
from rnn_core.recurrent.circuit import limits, wires
from rnn_core.recurrent.clamps import Clamp
from rnn_core.recurrent.trace import LayerTrace
from tests.pages.ui.components.test_packing import unpacked

if TYPE_CHECKING:
    from tests.pages.ui.components.conftest import Case

SHAPES = ("pipes", "controls", "valves", "boxes", "sums", "flips", "joins", "tips", "ports", "numbers", "feeds")


def keys_of(cell: str) -> set[str]:
    return {row.key for row in (*QUANTITIES.of(cell), *wires(cell))}


@pytest.mark.parametrize("cell", CELLS)
def test_every_value_is_the_traces_or_the_wires_own(cases: dict[str, Case], cell: str) -> None:
    trace, on_wires = cases[cell]
    data = drawing("ja", trace, on_wires)
    arrays = {**trace.layer(), **on_wires}
    assert set(data["values"]) == set(data["rows"]) == keys_of(cell)
    for key in data["values"]:
        assert told(data, key).tobytes() == arrays[key].astype("<f4").tobytes()
    assert data["values"]["hidden_before"] == ["hidden_state"]


def told(data: Any, key: str) -> np.ndarray:
    """An array (T · H) of what is sent, as `unpack` in `cell.js` has it."""
    if isinstance(said := data["values"][key], str):
        return unpacked(said)
    first, *rest = (told(data, other) for other in said)
    units = data["units"]
    return first * rest[0] if rest else np.concatenate([np.zeros(units, "<f4"), first[:-units]])


def test_what_is_held_is_sent_as_it_is() -> None:
    gate, before = np.full((2, 1), 0.5, "<f4"), np.float32([[0], [1]])
    free = {"forget_gate": gate, "cell_before": before, "kept": gate * before}
    assert packed(free)["kept"] == ["forget_gate", "cell_before"]
    assert unpacked(str(packed({**free, "kept": gate})["kept"])).tobytes() == gate.tobytes()
    assert unpacked(str(packed({"kept": gate})["kept"])).tobytes() == gate.tobytes()


@pytest.mark.parametrize("cell", CELLS)
def test_the_scales_are_the_tables(cases: dict[str, Case], cell: str) -> None:
    trace, on_wires = cases[cell]
    rows = drawing("en", trace, on_wires)["rows"]
    assert {key: (row["low"], row["high"]) for key, row in rows.items()} == limits([trace.layer()], [on_wires])
    assert all(row["belongs"] in {quantity.key for quantity in QUANTITIES.of(cell)} for row in rows.values())


@pytest.mark.parametrize("cell", CELLS)
def test_every_quantity_of_the_cell_has_a_heatmap(cell: str) -> None:
    assert shown(cell)[-len(QUANTITIES.of(cell)) :] == tuple(row.key for row in QUANTITIES.of(cell))


def test_the_shares_of_an_rnns_sum_have_one_too() -> None:
    assert shown("rnn") == ("recurrent", "input", "preactivation", "hidden_state")
    assert len(shown("lstm")) == len(QUANTITIES.of("lstm"))
    assert len(shown("gru")) == len(QUANTITIES.of("gru"))


def test_what_is_compared_shares_a_scale(cases: dict[str, Case]) -> None:
    trace, on_wires = cases["lstm"]
    layer = trace.layer()
    larger = LayerTrace("lstm", {key: 40 * values for key, values in layer.items()})
    other = replace(trace, layers=replace(trace.layers, layers=((larger,),)))
    row = drawing("en", trace, on_wires, [(other, on_wires)])["rows"]["cell_state"]
    assert (row["low"], row["high"]) == QUANTITIES["cell_state"].limits(layer, larger)
    assert row["high"] > QUANTITIES["cell_state"].limits(layer)[1]


@pytest.mark.parametrize("width", ["wide", "narrow"])
@pytest.mark.parametrize("cell", CELLS)
def test_a_drawing_names_quantities_of_its_cell_and_all_of_them(cell: str, width: str) -> None:
    both = read(f"cell/circuit_{cell}.js").split("\n  narrow: {")
    text = both[width == "narrow"]
    named = {word for word in re.findall(r'"([a-z]+_?[a-z]+)"', text) if word not in ("across", "up", "below", "left")}
    words = {"middle", "start", "end", "named", "stacked", "amount", "tanh"}
    assert named - words == keys_of(cell)
    assert [shape for shape in SHAPES if f"{shape}: [" not in text] == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("cell", CELLS)
def test_everything_can_be_sent(cases: dict[str, Case], cell: str, lang: str) -> None:
    data = json.loads(json.dumps(drawing(lang, *cases[cell]), allow_nan=False))
    assert [equation["key"] for equation in data["equations"]][-1] == QUANTITIES.state(cell).key


def test_the_overlay_holds_the_order_and_the_clamps() -> None:
    held = [Clamp("forget_gate", 0.0, units=[1, 3], steps=2), Clamp("input_gate", 1.0)]
    assert overlay(6, 4, (3, 1, 0, 2), held) == {
        "order": [3, 1, 0, 2],
        "clamps": [
            {"key": "forget_gate", "steps": [2], "units": [1, 3], "value": 0.0},
            {"key": "input_gate", "steps": None, "units": None, "value": 1.0},
        ],
    }
    assert overlay(6, 3, None, ()) == {"order": [0, 1, 2], "clamps": []}


def app(**place: object) -> None:
    import streamlit as st

    from pages._ui.components import cell
    from tests.pages.ui.components.conftest import make

    case = make("gru", ("今日", "は", "雨"), 4)
    told: list[object] = st.session_state.setdefault("told", [])
    spot = cell("en", case.trace, case.wires, on_step_change=told.append, **place)
    st.text(f"rests on {spot.step, spot.unit, spot.quantity}" if spot else "rests nowhere")


def sent(at: AppTest) -> dict[str, object]:
    return json.loads(at.get("bidi_component")[0].proto.json)[0]


def test_the_page_gets_the_place_and_the_numbers_are_not_sent_again() -> None:
    at = AppTest.from_function(app, default_timeout=60).run()
    assert not at.exception
    first = sent(at)
    assert first["at"] == {"step": 3, "unit": 1, "quantity": "hidden_state"}
    at.session_state["cell"] = {"spot": {"of": first["id"], "step": 2, "unit": None, "quantity": "reset_gate"}}
    at.run()
    assert at.text[0].value == "rests on (2, None, 'reset_gate')"
    assert sent(at) == first


@pytest.mark.parametrize(
    ("given", "opened"),
    [
        ({"step": 9, "unit": 9}, {"step": 3, "unit": 4, "quantity": "hidden_state"}),
        ({"step": 0, "unit": 0}, {"step": 1, "unit": 1, "quantity": "hidden_state"}),
        ({"unit": None, "quantity": "reset_gate"}, {"step": 3, "unit": None, "quantity": "reset_gate"}),
        ({"quantity": "forget_gate"}, {"step": 3, "unit": 1, "quantity": "hidden_state"}),
    ],
    ids=str,
)
def test_it_opens_at_a_place_that_exists(given: dict[str, object], opened: dict[str, object]) -> None:
    at = AppTest.from_function(app, kwargs=given, default_timeout=60).run()
    assert sent(at)["at"] == opened


def test_streamlit_asks_of_no_entry_whether_it_is_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr(serialization, "is_dataframe_like", lambda value: asked.append(value) or False)
    at = AppTest.from_function(app, default_timeout=60).run()
    assert sent(at)["cell"] == "gru"
    assert asked == []
