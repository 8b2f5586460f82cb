import os
import sys
from pathlib import Path

import pytest

from rnn_core.storage import shared_folder


@pytest.fixture(autouse=True)
def _reader(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "home", lambda: Path("/her"))
    monkeypatch.setattr(os, "environ", {})


@pytest.mark.parametrize(
    ("platform", "environment", "folder"),
    [
        ("linux", {}, "/her/.local/share/kioku"),
        ("linux", {"XDG_DATA_HOME": "/data"}, "/data/kioku"),
        ("linux", {"XDG_DATA_HOME": "data"}, "/her/.local/share/kioku"),
        ("darwin", {"XDG_DATA_HOME": "/data"}, "/her/Library/Application Support/kioku"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/kioku"),
        ("win32", {}, "/her/AppData/Local/kioku"),
        ("linux", {"KIOKU_DATA_DIR": "/class", "XDG_DATA_HOME": "/data"}, "/class"),
    ],
)
def test_each_system_has_its_place(
    monkeypatch: pytest.MonkeyPatch, platform: str, environment: dict[str, str], folder: str
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    os.environ.update(environment)
    assert shared_folder() == Path(folder)


def test_all_processes_mean_the_same_folder_wherever_they_were_started(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    os.environ["KIOKU_DATA_DIR"] = "class"
    monkeypatch.chdir(tmp_path)
    assert shared_folder() == tmp_path / "class"
