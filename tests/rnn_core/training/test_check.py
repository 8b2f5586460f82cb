from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from rnn_core.errors import KiokuError
from rnn_core.models import model_trace, registry
from rnn_core.training import __main__ as command
from rnn_core.training import shipped
from rnn_core.training import task as rows
from rnn_core.training.check import SMALLEST, Check, retrain
from rnn_core.training.spec import TrainSpec
from rnn_core.training.task import Task
from rnn_core.training.tasks import TRANSFORMERS
from tests.rnn_core.training.test_shipped import InProcess

Row = Task[Any, Any, Any]


@pytest.fixture
def task(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Row:
    """The smallest LSTM, trained for a moment on a hundred sentences and put where the shipped weights are."""
    parts = tuple(part.take(torch.arange(100)) for part in shipped.sentences())
    monkeypatch.setattr(rows, "ProcessPoolExecutor", InProcess)
    monkeypatch.setattr(model_trace, "PRETRAINED", tmp_path)
    monkeypatch.setattr(shipped, "sentences", lambda: parts)
    plan = TrainSpec(epochs=2, batch=20, rate=0.01, word_dropout=0.1)
    made = replace(TRANSFORMERS, kept=(SMALLEST,), measured=(), recipe=lambda _: plan)  # a row with nothing but lines
    list(made.build())
    return made


def test_the_same_machine_makes_the_same_bits(task: Row) -> None:
    result = retrain(task, SMALLEST)
    assert (result.same_machine, result.difference, result.passed) == (True, 0.0, True)
    assert result.scores.keys() == {"reply_accuracy", "perplexity"}
    assert result.scores["perplexity"][0] == result.scores["perplexity"][1] > 1


def test_one_changed_bit_is_found(task: Row, tmp_path: Path) -> None:
    model = registry.family_of(SMALLEST).load(SMALLEST)
    with torch.no_grad():
        model.readout.bias[3] += 2e-7
    registry.RECURRENT.save(model, SMALLEST, tmp_path / f"{SMALLEST.name}.safetensors")
    result = retrain(task, SMALLEST)
    assert 0 < result.difference < 1e-6
    assert not result.passed


def test_missing_weights_are_an_error(task: Row, tmp_path: Path) -> None:
    (tmp_path / f"{SMALLEST.name}.safetensors").unlink()
    with pytest.raises(KiokuError, match="make models"):
        retrain(task, SMALLEST)


@pytest.mark.parametrize("changed", ["torch", "machine"])
def test_elsewhere_it_is_said_so(task: Row, changed: str) -> None:
    task.write(task.manifest() | {changed: "another"})
    assert not retrain(task, SMALLEST).same_machine


@pytest.mark.parametrize(
    ("same", "difference", "accuracy", "perplexity", "passed"),
    [
        (True, 0.0, (0.9, 0.9), (4.0, 4.0), True),
        (True, 1e-7, (0.9, 0.9), (4.0, 4.0), False),
        (False, 0.3, (0.9, 0.94), (4.0, 4.1), True),
        (False, 0.3, (0.9, 0.96), (4.0, 4.0), False),
        (False, 0.3, (0.9, 0.84), (4.0, 4.0), False),
        (False, 0.3, (0.9, 0.9), (4.0, 4.3), False),
        (False, 0.3, (0.9, 0.9), (4.0, 3.7), False),
    ],
)
def test_what_passes(
    same: bool, difference: float, accuracy: tuple[float, float], perplexity: tuple[float, float], passed: bool
) -> None:
    assert Check("lstm", same, difference, {"accuracy": accuracy, "perplexity": perplexity}).passed is passed


@pytest.mark.parametrize(("difference", "code", "word"), [(0.0, 0, "passed"), (0.5, 1, "FAILED")])
def test_the_command_prints_what_it_compared_and_says_how_it_went(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], difference: float, code: int, word: str
) -> None:
    result = Check(SMALLEST.name, True, difference, {"reply_accuracy": (0.9, 0.9125), "perplexity": (4.0, 4.25)})
    monkeypatch.setattr("sys.argv", ["rnn_core.training", "--check"])
    monkeypatch.setattr(command, "retrain", lambda *_: result)
    assert command.main() == code
    printed = capsys.readouterr().out
    for said in (SMALLEST.name, f"{difference:g}", "0.9000  0.9125", "4.0000  4.2500", word):
        assert said in printed
