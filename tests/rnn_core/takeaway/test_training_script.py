"""The script trains the run again, alone; the table has what the events say."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from safetensors.torch import load

from rnn_core.errors import KiokuError
from rnn_core.takeaway.script import WEIGHTS_FILE
from rnn_core.takeaway.training_script import SCRIPT_FILE, points_table, weights_file, write_training_script
from rnn_core.training.lab.events import Point, Snapshot
from rnn_core.training.lab.limits import LENGTHS
from rnn_core.training.lab.loop import begin_run, train
from rnn_core.training.lab.spec import TrainSpec
from rnn_core.training.lab.tasks import TASKS

if TYPE_CHECKING:
    from rnn_core.training.lab.events import Event

SPECS = {
    "adding": {"cell": "rnn", "activation": "relu", "initialisation": "identity", "optimizer": "sgd", "clip": None},
    "recall": {"cell": "lstm", "forget_bias": 3.0, "bidirectional": True, "layers": 2},
    "copy": {"cell": "gru", "initialisation": "orthogonal", "weight_scale": 1.5},
    "parity": {"cell": "rnn", "optimizer": "rmsprop"},
    "smalltalk": {"cell": "gru"},
}


def spec_of(task: str, **values: object) -> TrainSpec:
    length = int(min(max(12, LENGTHS[task].low), LENGTHS[task].high))
    usual = {"task": task, "length": length, "hidden": 4, "batch": 6, "steps": 16}
    return TrainSpec(**(usual | SPECS.get(task, {}) | values))


CASES = {task: spec_of(task) for task in TASKS} | {
    "seldom": spec_of("parity", steps=125),  # looked at after every second update, and after the last
    "diverges": spec_of("adding", lr=10.0, steps=130),
    "minimal": spec_of("parity", cell="mingru", optimizer="adam"),
    "minimal_lstm": spec_of("recall", cell="minlstm"),
}
ALL_AFTER_ANOTHER = """
import runpy, sys
for script in sys.argv[1:]:
    print(script)
    runpy.run_path(script, run_name="__main__")
"""


@pytest.fixture(scope="module")
def told() -> dict[str, list[Event]]:
    return {name: list(train(spec)) for name, spec in CASES.items()}


@pytest.fixture(scope="module")
def printed(told: dict[str, list[Event]], tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What each script prints, in a process that knows nothing of the library."""
    folder, scripts = tmp_path_factory.mktemp("scripts"), {}
    for name, spec in CASES.items():
        (folder / name).mkdir()
        kept = [event.kept for event in told[name] if isinstance(event, Snapshot)][-1]
        (folder / name / WEIGHTS_FILE).write_bytes(weights_file(spec, kept))
        scripts[name] = str(folder / name / SCRIPT_FILE)
        (folder / name / SCRIPT_FILE).write_text(write_training_script(spec), encoding="utf-8")
    command = [sys.executable, "-I", "-c", ALL_AFTER_ANOTHER, *scripts.values()]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=600)
    assert (run.returncode, run.stderr) == (0, "")
    lines = run.stdout.splitlines()
    begins = [lines.index(script) for script in scripts.values()]
    ends = [*begins[1:], len(lines)]
    return {name: lines[begin + 1 : end] for name, begin, end in zip(scripts, begins, ends, strict=True)}


@pytest.mark.parametrize("name", sorted(CASES.keys() - {"diverges"}))
def test_the_script_reproduces_the_loss_curve(name: str, told, printed) -> None:
    points = [event for event in told[name] if isinstance(event, Point)]
    *rows, last = printed[name]
    assert last == "difference of the weights 0"
    assert len(rows) == len(points) == len(CASES[name].records) > 16
    for row, point in zip(rows, points, strict=True):
        step, train_loss, loss = row.split()
        assert int(step) == point.step
        assert train_loss == ("-" if point.train is None else f"{point.train:.9g}")
        assert float(loss) == pytest.approx(point.loss, rel=1e-6)


def test_the_script_of_a_run_that_diverges_says_so(told, printed) -> None:
    assert printed["diverges"][-2].split()[:2] == ["diverged", str(told["diverges"][-1].step)]


@pytest.mark.parametrize("task", sorted(TASKS))
def test_the_file_has_the_networks_weights_with_torchs_names(task: str) -> None:
    state = begin_run(spec_of(task))
    found = load(weights_file(spec_of(task), state.to_bytes()))
    for name, weight in state.model.state_dict().items():
        assert (found[name] == weight).all()


def test_a_snapshot_of_another_run_is_refused() -> None:
    with pytest.raises(KiokuError):
        weights_file(spec_of("adding"), begin_run(spec_of("adding", hidden=5)).to_bytes())


@pytest.mark.parametrize("cell", ["lstm", "gru"])
def test_the_table_has_the_points(cell: str) -> None:
    told = list(train(spec_of("parity", cell=cell, steps=3)))
    points = [event for event in told if isinstance(event, Point)]
    rows = list(csv.DictReader(io.StringIO(points_table(told))))
    assert len(rows) == len(points) == 4
    for row, point in zip(rows, points, strict=True):
        assert (int(row["step"]), float(row["loss"])) == (point.step, pytest.approx(point.loss, rel=1e-8))
        assert row["train"] == ("" if point.train is None else f"{point.train:.9g}")
        assert [float(row[f"h_{t}"]) for t in range(1, 13)] == pytest.approx(point.reach, rel=1e-8)
        assert ("c_12" in row) == (cell == "lstm")
    assert points_table([]).count("\n") == 1
