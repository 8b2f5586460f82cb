from __future__ import annotations

import errno
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from rnn_core.training.lab.files import ASIDE, BusyError, is_full, locked, write_whole

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_is_there_whole_or_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "spec.json"
    write_whole(path, b"first")
    write_whole(path, b"second")
    assert path.read_bytes() == b"second"

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space") as caught:
        write_whole(path, b"third")
    assert is_full(caught.value)
    assert (path.read_bytes(), os.listdir(tmp_path)) == (b"second", ["spec.json"])


def test_only_a_full_disk_is_full() -> None:
    assert [is_full(OSError(number, "")) for number in (errno.ENOSPC, errno.EDQUOT, errno.EIO)] == [True, True, False]


def test_a_lock_is_one_s_own_until_it_is_given_back(tmp_path: Path) -> None:
    with locked(tmp_path / "lock"), pytest.raises(BusyError, match="lock"), locked(tmp_path / "lock", 0.05):
        pass
    with locked(tmp_path / "lock"):
        pass


def test_a_lock_of_a_process_that_is_killed_is_free(tmp_path: Path) -> None:
    code = (
        "import sys, time, pathlib\nfrom rnn_core.training.lab.files import locked\n"
        "with locked(pathlib.Path(sys.argv[1])):\n    print('held', flush=True)\n    time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "lock")], stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(BusyError), locked(tmp_path / "lock"):
            pass
        other.kill()
        with locked(tmp_path / "lock", 5.0):
            pass


def test_what_is_written_aside_is_named_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    monkeypatch.setattr(os, "replace", lambda aside, _path: seen.append(aside.name))
    write_whole(tmp_path / "a", b"")
    assert seen[0].startswith(ASIDE)
