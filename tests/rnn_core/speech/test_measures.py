from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_core.sound.clips import scene
from rnn_core.speech.detector import listen
from rnn_core.speech.facts import CHANGES
from rnn_core.speech.measures import Listened, change, counted, errors, hangover, liveliest

steps = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40)


@given(steps, st.floats(0, 1))
def test_every_step_is_right_missed_or_an_alarm(rows: list[tuple[float, bool]], threshold: float) -> None:
    speech, spoken = (np.array(one) for one in zip(*rows, strict=True))
    missed, alarms = errors(speech, spoken, threshold)
    assert missed + alarms == ((speech >= threshold) != spoken).sum()
    assert counted(speech, threshold) == spoken.sum() - missed + alarms
    assert errors(speech, spoken, 0.0) == (0, (~spoken).sum())


@given(steps, st.floats(0.01, 1))
def test_what_hangs_over_ends_where_it_first_says_silence(rows: list[tuple[float, bool]], threshold: float) -> None:
    speech, spoken = (np.array(one) for one in zip(*rows, strict=True))
    found = hangover(speech, spoken, threshold)
    if not spoken.any():
        assert found is None
        return
    last = int(np.flatnonzero(spoken)[-1])
    assert found is not None
    assert (speech[last + 1 : last + 1 + found] >= threshold).all()
    assert last + 1 + found == len(speech) or speech[last + 1 + found] < threshold


@pytest.mark.parametrize(
    ("before", "after", "wanted"), [(0, 3, None), (9, 0, "none"), (9, 6, "fewer"), (9, 9, "same"), (6, 9, "more")]
)
def test_every_change_has_its_name(before: int, after: int, wanted: str | None) -> None:
    own = type("Own", (), {"speech": (np.arange(9) < before).astype(float)})
    assert change(Listened(own, (np.arange(9) < after).astype(float), 0.0), 0.5) == wanted  # type: ignore[arg-type]
    assert wanted is None or wanted in CHANGES


def test_without_forgetting_it_never_lets_go_and_without_memory_it_still_hears_most() -> None:
    found = scene("japanese")
    held, empty = listen(found.samples, 1.0), listen(found.samples, 0.0)
    assert found.spoken is not None
    silent = len(found.spoken) - 1 - int(np.flatnonzero(found.spoken)[-1])
    assert hangover(held.clamped, found.spoken, 0.5) == silent
    assert (hangover(held.own.speech, found.spoken, 0.5) or 0) * 4 < silent
    assert (change(held, 0.5), change(empty, 0.5)) == ("more", "fewer")
    assert counted(empty.clamped, 0.5) > 0.5 * counted(empty.own.speech, 0.5)
    assert change(listen(scene("silence").samples, 1.0), 0.5) is None


def test_the_liveliest_units_are_rows_of_the_same_trace() -> None:
    own = listen(scene("digits").samples, 1.0).own
    layer = own.trace.layers[0][0]
    found = liveliest(layer, own.speech, 24)
    assert found["hidden_state"].shape == (len(own.speech), 24)
    least = layer["hidden_state"].std(axis=0)
    assert found["hidden_state"].std(axis=0).min() >= np.sort(least)[-24] - 1e-6
    with_speech = [
        np.corrcoef(one, own.speech)[0, 1] for one in (found["hidden_state"].T[0], found["hidden_state"].T[-1])
    ]
    assert with_speech[0] > 0.5 > -0.5 > with_speech[1]
    columns = {column.tobytes(): unit for unit, column in enumerate(np.ascontiguousarray(layer["hidden_state"].T))}
    units = [columns[np.ascontiguousarray(column).tobytes()] for column in found["hidden_state"].T]
    for key, values in found.items():
        np.testing.assert_array_equal(values, layer[key][:, units])
    assert liveliest(layer, own.speech, 500)["cell_state"].shape[1] == 128
