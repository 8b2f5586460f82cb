from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rnn_core.figures import Theme, run_reach, run_states
from rnn_core.figures.run_maps import DECADES
from tests.rnn_core.figures.cases import LOOKS, data, sound, traces
from tests.rnn_core.figures.test_run_lines import RECORD

LOOK = Theme()


def reach(record=RECORD, **options):
    return sound(run_reach(record, **({"lang": "ja", "theme": LOOK} | options)))


def states(record=RECORD, at: int = 0, **options):
    return sound(run_states(record, at, **({"lang": "ja", "theme": LOOK} | options)))


def test_the_map_holds_every_norm_and_shows_its_decade() -> None:
    (cells,) = traces(reach())
    np.testing.assert_array_equal(cells["customdata"], RECORD.norms.T)
    positive = RECORD.norms.T > 0
    np.testing.assert_allclose(
        cells["z"][positive], np.maximum(np.log10(RECORD.norms.T[positive]), DECADES[0]), rtol=1e-6
    )
    assert (cells["zmin"], cells["zmax"]) == DECADES
    np.testing.assert_array_equal(cells["x"], RECORD.steps)


def test_the_states_are_those_of_the_snapshot() -> None:
    picture = states(at=3)
    (cells,) = traces(picture)
    np.testing.assert_array_equal(cells["z"], RECORD.states[3].T)
    assert (cells["zmin"], cells["zmax"]) == (-1.0, 1.0)
    assert f"Update {RECORD.snapshots[3]}:" in states(at=3, lang="en").finding


def test_the_reach_is_said_of_the_first_and_the_last_point() -> None:
    norms = np.full_like(RECORD.norms, 1e-5)
    norms[:, -2:] = 1.0
    norms[-1] = 1.0
    said = reach(replace(RECORD, norms=norms), lang="en").finding
    assert said == "Gradient reach (1% of its norm): 1 at first, 5 at update 60."
    assert reach(replace(RECORD, norms=norms * 0), lang="en").finding.startswith("At the last position")


@pytest.mark.parametrize("theme", LOOKS)
def test_lost_numbers_are_drawn(theme: Theme) -> None:
    for value in (np.nan, np.inf, 0.0, 1e30):
        reach(replace(RECORD, norms=np.full_like(RECORD.norms, value)), theme=theme)
    states(replace(RECORD, states=np.zeros_like(RECORD.states)), theme=theme)


def test_another_language_changes_words_only() -> None:
    for draw in (reach, states):
        ja, en = (draw(lang=lang) for lang in ("ja", "en"))
        assert repr([data(trace) for trace in traces(ja)]) == repr([data(trace) for trace in traces(en)])
        assert ja.finding != en.finding
