"""What a sweep is drawn from, and what the reader chooses in it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pages._ui.components import run_sweep as module
from pages._ui.components.run_sweep import Choice, drawing, run_sweep
from rnn_core.messages import LANGUAGES
from rnn_core.training.lab.spec import TrainSpec
from rnn_core.training.lab.sweeps import SWEPT, Progress, Sweep

SWEEP = Sweep(TrainSpec(task="adding", length=20), ("lr", "hidden"), 2)
NOTHING = [[Progress(1200) for _ in SWEEP.specs(point)] for point in SWEEP.points]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_point_has_its_values_and_its_runs(lang: str) -> None:
    found = [list(row) for row in NOTHING]
    found[3][1] = Progress(1200, step=600, curve=[1.0, float("nan"), 0.01], solved=300, phase="training")
    data = json.loads(json.dumps(drawing(lang, SWEEP, found, ("forget_bias",)), allow_nan=False))
    assert [axis["field"] for axis in data["axes"]] == ["lr", "hidden"]
    assert [len(axis["values"]) for axis in data["axes"]] == [4, 4]
    assert [tuple(point["at"]) for point in data["points"]] == list(SWEEP.points)
    assert data["points"][3]["runs"][1] == {
        **{"phase": "training", "part": 0.5, "step": 600, "solved": 300, "diverged": False},
        "curve": [1.0, None, 0.01],
    }
    assert data["offers"].keys() == SWEPT.keys() - {"forget_bias"}


@pytest.mark.parametrize(
    ("name", "said", "heard"),
    [
        ("choice", {"choice": {"axes": ["lr", "cell"], "seeds": 1, "drawn": True}}, [Choice(("lr", "cell"), 1, True)]),
        ("choice", {"choice": {"axes": ["lr", "lr", "x"], "seeds": 3}}, [Choice(("lr",), 3, False)]),
        ("choice", {"choice": {"axes": list(SWEPT), "seeds": 2}}, [Choice(tuple(SWEPT)[:3], 2, False)]),
        ("choice", {"choice": {"axes": [], "seeds": 2}}, []),
        ("choice", {"choice": {"axes": ["lr"], "seeds": 99}}, []),
        ("choice", {"choice": "lr"}, []),
        ("act", {"what": "sweep"}, ["sweep"]),
        ("act", {"what": "delete"}, []),
        ("open", {"point": 3, "seed": 1}, [(3, 1)]),
        ("open", {"point": 99, "seed": 0}, []),
        ("open", {"point": -1, "seed": 0}, []),
        ("open", {"point": "0", "seed": 0}, []),
    ],
)
def test_what_the_reader_does_is_told_and_what_a_browser_makes_up_is_not(
    session: dict[str, object], monkeypatch: pytest.MonkeyPatch, name: str, said: dict[str, object], heard: list[object]
) -> None:
    given: dict[str, Any] = {}
    told: list[object] = []
    monkeypatch.setattr(module, "_render", lambda **named: given.update(named))
    run_sweep(
        *("ja", SWEEP, NOTHING),
        going=False,
        on_choice_change=told.append,
        on_act=told.append,
        on_open=lambda *place: told.append(place),
    )
    session["run_sweep"] = {name: {"of": given["data"]["id"], **said}}
    given[f"on_{name}_change"]()
    assert told == heard
