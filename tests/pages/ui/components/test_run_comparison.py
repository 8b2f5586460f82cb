"""What runs over each other are drawn from: each named by what tells it apart; and what the reader chooses."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pages._ui.components import run_comparison as module
from pages._ui.components.run_comparison import MOST, Named, drawing, run_comparison, said, short_names, told_apart
from rnn_core.messages import LANGUAGES
from rnn_core.training.lab.spec import TrainSpec
from rnn_core.training.lab.tasks import TASKS

BASE = {"task": "adding", "length": 50}
LSTM, LOW = TrainSpec(**BASE, forget_bias=1.0), TrainSpec(**BASE, forget_bias=-2.0)
GRU, SMALL = TrainSpec(**BASE, cell="gru"), TrainSpec(**BASE, cell="gru", hidden=8)


def test_a_run_is_named_by_what_differs_from_most() -> None:
    specs = [LSTM, GRU, SMALL, TrainSpec(**BASE, cell="rnn", activation="relu", clip=None)]
    assert told_apart("en", specs) == [
        ("Forget-gate bias 1",),
        (),
        ("Hidden size 8",),
        ("ReLU", "Clipping off"),
    ]
    assert short_names("en", specs) == ["LSTM", "GRU 32", "GRU 8", "RNN"]


def test_of_two_both_are_told_apart() -> None:
    assert told_apart("en", [LSTM, LOW]) == [("Forget-gate bias 1",), ("Forget-gate bias −2",)]
    assert short_names("en", [LSTM, LOW]) == ["LSTM 1", "LSTM −2"]
    assert told_apart("en", []) == short_names("en", []) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_value_of_every_setting_can_be_said(lang: str) -> None:
    values = {"initialisation": ("default", "orthogonal", "identity"), "forget_bias": (None, -2.0), "clip": (None, 1.0)}
    for field, options in {**values, "bidirectional": (False, True), "lr": (0.005,), "optimizer": ("adam",)}.items():
        for value in options:
            assert said(lang, field, value).strip()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_drawing_has_every_run_with_its_spec(lang: str) -> None:
    runs = [Named("a", LSTM), Named("b", GRU)]
    data = json.loads(json.dumps(drawing(lang, runs, [*runs, Named("c", SMALL)], "adding"), allow_nan=False))
    assert [(run["id"], run["spec"], run["every"]) for run in data["runs"]] == [
        (one.run, one.spec.model_dump(mode="json"), one.spec.every) for one in runs
    ]
    assert [one["id"] for one in data["stored"]] == ["a", "b", "c"]
    assert data["task"] == {"baseline": TASKS["adding"].baseline(), "goal": TASKS["adding"].goal}


@pytest.mark.parametrize(
    ("name", "said", "heard"),
    [
        ("overlay", {"runs": ["b", "a"]}, [("b", "a")]),
        ("overlay", {"runs": ["b", "x"]}, []),
        ("overlay", {"runs": "b"}, []),
        ("overlay", {"runs": ["a"] * 9}, [("a",) * MOST]),
        ("open", {"run": "a"}, ["a"]),
        ("open", {"run": "x"}, []),
        ("open", {"run": ["a"]}, []),
    ],
)
def test_only_runs_that_are_there_can_be_chosen(
    session: dict[str, object], monkeypatch: pytest.MonkeyPatch, name: str, said: dict[str, object], heard: list[object]
) -> None:
    given: dict[str, Any] = {}
    told: list[object] = []
    monkeypatch.setattr(module, "_render", lambda **named: given.update(named))
    runs = [Named("a", LSTM), Named("b", GRU)]
    run_comparison("ja", runs, runs, "adding", on_overlay_change=told.append, on_open=told.append)
    session["run_comparison"] = {name: {"of": given["data"]["id"], **said}}
    given[f"on_{name}_change"]()
    assert told == heard
