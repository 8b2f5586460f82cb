import base64
import json
import random

import numpy as np

from bench.race import CELLS, MINIMAL, State, alone, digest, shown, states


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


def test_the_scan_and_the_chain_beside_it_are_both_looked_at() -> None:
    def drawn(**arrays: np.ndarray) -> str:
        return json.dumps([{name: base64.b64encode(one.tobytes()).decode() for name, one in arrays.items()}])

    scanned, chain = np.arange(24, dtype=np.float32).reshape(2, 4, 3), np.arange(12, dtype=np.float32).reshape(4, 3)
    told = [drawn(b=scanned, gru=chain), drawn(b=scanned + 1, gru=chain), drawn(b=scanned, gru=chain + 1)]
    assert len({shown({"scan_tree": one}) for one in told}) == 3


def test_a_state_has_one_reference_whichever_way_it_is_asked() -> None:
    fresh = {"lang": "en", "text": "今日 は", "weights": "fresh", "seed": "3"}
    asked = State("", fresh | {"cell": "lstm", "hidden": "8"})
    assert alone(asked) == alone(asked) != alone(State("", {**asked.query, "seed": "4"}))
    assert alone(State("", fresh | {"cell": "mingru", "hidden": "8"})) != alone(
        State("", fresh | {"cell": "gru", "hidden": "8"})
    )
    assert alone(State("parallel", {"text": "今日 は 天気"})) != alone(State("parallel", {"text": "今日 が 天気"}))
    assert alone(State("transformer", fresh | {"hidden": "16", "positions": "added"}))


def test_states_are_fresh_and_trained_and_of_every_page() -> None:
    found = states(120, random.Random(0))
    assert {one.query["cell"] for one in found if not one.page} == {*CELLS, *MINIMAL}
    assert {(one.page, one.query["weights"]) for one in found} == {
        (page, weights) for page in ("", "transformer", "parallel") for weights in ("fresh", "trained")
    }
