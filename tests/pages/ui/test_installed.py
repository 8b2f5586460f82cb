"""The command of the installed package starts the app where it is installed."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from pages._ui import installed, server


@pytest.mark.parametrize(("asked", "way"), [([], "run"), (["run"], "run"), (["serve", "--processes", "2"], "serve")])
def test_without_a_word_it_is_for_oneself(asked, way, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    started = []
    monkeypatch.setattr(installed, "HOME", tmp_path)
    monkeypatch.setattr(server, "main", lambda: started.append((sys.argv[1], Path(os.getcwd()))))
    monkeypatch.setattr(sys, "argv", ["kioku", *asked])
    monkeypatch.setattr(sys, "path", list(sys.path))
    monkeypatch.chdir(tmp_path.parent)
    installed.main()
    assert started == [(way, tmp_path)]
    assert sys.path[0] == str(tmp_path)
