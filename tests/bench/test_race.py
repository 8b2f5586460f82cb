import base64
import json
import random

import numpy as np

from bench.race import State, alone, digest, shown, states


def chart(values: np.ndarray) -> str:
    """As Streamlit sends it: a row a unit."""
    rows = np.ascontiguousarray(values.T)
    packed = {
        "dtype": "f4",
        "bdata": base64.b64encode(rows.tobytes()).decode(),
        "shape": ", ".join(map(str, rows.shape)),
    }
    return json.dumps({"data": [{"z": packed}]})


def test_the_last_bit_of_one_number_is_seen() -> None:
    values = np.arange(12, dtype=np.float32).reshape(4, 3)
    other = values.copy()
    other[2, 1] = np.nextafter(other[2, 1], np.float32(9))
    assert shown({"chart_hidden_state": chart(values)}) == digest(values) != shown({"chart_hidden_state": chart(other)})
    assert shown({"chart_next_word": "{}"}) == ""


def test_the_states_of_a_drawing_are_those_of_its_last_layer() -> None:
    values = np.arange(24, dtype=np.float32).reshape(2, 4, 3)
    packed = base64.b64encode(values.tobytes()).decode()
    drawn = json.dumps([{"layers": 2, "units": 3, "scenes": {"read": {"states": packed}}}])
    assert shown({"transformer_layers": drawn}) == digest(values[-1])


def test_a_state_has_one_reference_whichever_way_it_is_asked() -> None:
    fresh = {"lang": "en", "text": "今日 は", "weights": "fresh", "seed": "3"}
    asked = State("", fresh | {"cell": "lstm", "hidden": "8"})
    assert alone(asked) == alone(asked) != alone(State("", {**asked.query, "seed": "4"}))
    assert alone(State("transformer", fresh | {"hidden": "16", "positions": "added"}))


def test_states_are_fresh_and_trained_and_of_both_pages() -> None:
    found = states(60, random.Random(0))
    assert {(one.page, one.query["weights"]) for one in found} == {
        (page, weights) for page in ("", "transformer") for weights in ("fresh", "trained")
    }
