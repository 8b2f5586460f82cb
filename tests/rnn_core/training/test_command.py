"""`python -m rnn_core.training`: which weights it makes, and which it leaves as they are."""

from __future__ import annotations

import hashlib
import json
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from rnn_core.models.model_trace import PRETRAINED
from rnn_core.training import __main__ as command

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Two tasks, the first made already; the names of those that are built."""
    names: list[str] = []

    def task(name: str, made: bool) -> SimpleNamespace:
        def build() -> Iterator[tuple[str, Mapping[str, object]]]:
            names.append(name)
            yield f"{name}-gru-8", {"accuracy": 0.9125, "spec": {"hidden": 8}, "steps": 30}

        return SimpleNamespace(build=build, up_to_date=lambda: made)

    monkeypatch.setattr(command, "BUILT", {"old": task("old", True), "new": task("new", False)})
    return names


@pytest.mark.parametrize(
    ("options", "made"),
    [
        ([], ["new"]),
        (["new"], ["new"]),
        (["old"], []),
        (["old", "--again"], ["old"]),
        (["--again"], ["old", "new"]),
        (["new", "old", "--again"], ["new", "old"]),
    ],
)
def test_it_makes_what_is_not_there_or_what_it_is_told(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    built: list[str],
    options: list[str],
    made: list[str],
) -> None:
    monkeypatch.setattr("sys.argv", ["rnn_core.training", *options])
    assert command.main() == 0
    assert built == made
    printed = capsys.readouterr().out
    assert all(f"{name}-gru-8" in printed for name in made)
    assert ("accuracy 0.912" in printed) == bool(made)
    assert ("old: there already" in printed) == ("old" not in made and options != ["new"])


def test_a_task_that_is_none_is_refused_and_the_others_are_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], built: list[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["rnn_core.training", "new", "other"])
    with pytest.raises(SystemExit):
        command.main()
    assert built == []
    assert "no such task: other; there are old, new" in capsys.readouterr().err


def listed(recorded: object) -> dict[str, str]:
    """Every file that a manifest lists, wherever in it."""
    if not isinstance(recorded, dict):
        return {}
    inside = (listed(part) for key, part in recorded.items() if key != "sha256")
    return {name: digest for files in (recorded.get("sha256", {}), *inside) for name, digest in files.items()}


def test_every_file_of_weights_is_listed_in_one_manifest() -> None:
    manifests = [listed(json.loads(path.read_text(encoding="utf-8"))) for path in PRETRAINED.glob("*.json")]
    recorded = [entry for manifest in manifests for entry in manifest.items()]
    files = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in PRETRAINED.glob("*.safetensors")}
    assert sorted(recorded) == sorted(files.items())
