"""The package, installed from its wheel into an environment that has no checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import time
import zipfile
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest

from bench.server import free_port
from tests.reading import ROOT

FORBIDDEN = {"pages", "locale", "docs", "bench", "tests", "app.py", "install.py"}
# What the library's own dependencies bring: without the extras nothing else is there to import.
LIGHT = """
import sys, importlib.abc
class Absent(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"streamlit", "plotly", "pandas", "scipy", "nagisa", "e2k", "distributed", "dask"}:
            raise ModuleNotFoundError(name, name=name)
sys.meta_path.insert(0, Absent())
import rnn_core as rc, torch
assert "site" in rc.__file__, rc.__file__
trace = rc.record(torch.nn.LSTM(3, 4), torch.randn(6, 3))
assert trace.parity < 1e-5
print(rc.__version__, rc.run(rc.ModelSpec(cell="lstm", hidden=16), ["今日", "は"]).top(1, 1)[0].text)
try:
    rc.record(torch.nn.Linear(3, 3), torch.randn(6, 3))
except rc.KiokuError as error:
    print(error.text("ja"))
try:
    rc.plot.states(trace)
except rc.KiokuError as error:
    print(error)
sys.meta_path.pop(0)
shown = rc.plot.states(trace, lang="ja")
shown.save("x.html")
print(shown.title)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    options = ("--quiet", "--no-deps", "--no-build-isolation", "--disable-pip-version-check")
    subprocess.run([sys.executable, "-m", "pip", "wheel", *options, "-w", str(folder), str(ROOT)], check=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel; what it depends on is lent from the one that runs the tests."""
    home = tmp_path_factory.mktemp("environment") / "site"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home)], check=True)
    python = home / "bin" / "python"
    site = Path(sysconfig.get_path("purelib", vars={"base": str(home)}))
    target = ("--python", str(python), "install", "--quiet", "--no-deps", "--no-index", "--no-compile")
    subprocess.run([sys.executable, "-m", "pip", "--disable-pip-version-check", *target, str(wheel)], check=True)
    (site / "lent.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return home


def test_nothing_of_the_app_lands_at_the_top(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.partition("/")[0] for name in names}
    assert tops & FORBIDDEN == set()
    assert {top for top in tops if not top.endswith(".dist-info")} == {"rnn_core", "kioku_app"}
    assert {"rnn_core/py.typed", "rnn_core/locale/ja/errors.po", "kioku_app/.streamlit/config.toml"} <= set(names)
    assert any(name.endswith(".safetensors") for name in names)
    assert not any("__pycache__" in name for name in names)


@pytest.fixture(scope="module")
def told(environment: Path) -> list[str]:
    """What the library says beside its own dependencies alone, and then beside those of its extra."""
    python = environment / "bin" / "python"
    run = subprocess.run([python, "-I", "-c", LIGHT], cwd=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return run.stdout.splitlines()


def test_the_library_alone_records_and_says_what_is_wrong(told: list[str]) -> None:
    assert len(told) == 4
    assert "torch.nn.modules.linear.Linear" in told[1]
    assert 'pip install "kioku-rnn[plot]"' in told[2]


def test_with_its_extra_it_draws(told: list[str], environment: Path) -> None:
    assert told[3] == "隠れ状態"
    assert (environment / "x.html").stat().st_size > 1_000_000


def test_kioku_starts_the_app_from_any_folder(environment: Path, tmp_path: Path) -> None:
    port = free_port()
    settings = {"STREAMLIT_SERVER_PORT": str(port), "STREAMLIT_SERVER_HEADLESS": "true"}
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "STREAMLIT"))}
    process = subprocess.Popen([environment / "bin" / "kioku"], cwd=tmp_path, env=kept | settings)
    try:
        assert healthy(port)
    finally:
        process.terminate()
        assert process.wait(30) is not None


def healthy(port: int, seconds: float = 60.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with closing(HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
                connection.request("GET", "/_stcore/health")
                if connection.getresponse().read() == b"ok":
                    return True
        except (OSError, HTTPException):
            time.sleep(0.2)
    return False
