"""install.py against indexes of its own on loopback, whose wheels are empty: nothing leaves the machine."""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
import zipfile
from contextlib import closing, contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pip
import pytest

import install
from tests.reading import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

TORCH = re.search(r"^torch==(\S+)", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE)[1]
PAGE = "/whl/cpu/torch/"
USED = ("__init__.py", "lib/used.so", "bin/torch_shm_manager")
UNUSED = ("include/builders.h", "test/its_own", "part/tests/its_own", "bin/test_jit", "bin/protoc")
NOBODY = "http://127.0.0.1:9"  # the port of `discard`, on which nobody listens any more
linux = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere PyPI's build is the CPU's")


def wheel(name: str, version: str) -> tuple[str, bytes]:
    """A package with hardly anything in it, as a file's name and content."""
    info, content = f"{name}-{version}.dist-info", io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for path in (*USED, *UNUSED):
            archive.writestr(f"{name}/{path}", "")
        archive.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
        archive.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        archive.writestr(f"{info}/RECORD", "")
    return f"{name}-{version}-py3-none-any.whl", content.getvalue()


class Shelf:
    """Files that a server on loopback offers, the pages that list them, and what has been asked for."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.asked: list[str] = []
        self.stalled: set[str] = set()  # what is announced and never sent
        self.over = threading.Event()
        self.url = ""

    def put(self, page: str, *wheels: tuple[str, bytes]) -> None:
        """A page with these wheels."""
        links = [f'<a href="{name.replace("+", "%2B")}">{name}</a>' for name, _ in wheels]
        self.files |= {page: "\n".join(["<!DOCTYPE html>", *links]).encode()}
        self.files |= {page + name.replace("+", "%2B"): content for name, content in wheels}


@contextmanager
def served() -> Iterator[Shelf]:
    shelf = Shelf()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            shelf.asked.append(self.path)
            content = shelf.files.get(self.path)
            self.send_response(404 if content is None else 200)
            self.send_header("Content-Type", "text/html" if self.path.endswith("/") else "application/octet-stream")
            self.send_header("Content-Length", str(len(content or b"")))
            self.end_headers()
            if self.path in shelf.stalled:
                shelf.over.wait()
            with suppress(ConnectionError):
                self.wfile.write(content or b"")

        def log_message(self, *told: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        shelf.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield shelf
        finally:
            shelf.over.set()
            server.shutdown()
            thread.join()


class Clone:
    """A folder with install.py and little to install, on a machine that knows no index but those it is told."""

    def __init__(self, folder: Path, index: Shelf, page: str) -> None:
        self.folder = folder
        small = wheel("small", "1.0")
        index.put("/simple/small/", small)
        index.put("/simple/torch/", wheel("torch", TORCH))
        shutil.copy(ROOT / "install.py", folder)
        self.write("requirements.txt", f"--find-links {page}\ntorch=={TORCH}\n")
        self.write("requirements.lock", f"small==1.0 --hash=sha256:{hashlib.sha256(small[1]).hexdigest()}\n")
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
        self.environment |= {"PIP_CONFIG_FILE": os.devnull, "PIP_NO_CACHE_DIR": "1", "NO_PROXY": "127.0.0.1"}
        self.environment |= {"PIP_RETRIES": "0", "PIP_INDEX_URL": f"{index.url}/simple"}

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")

    def install(self, **environment: str) -> subprocess.CompletedProcess[str]:
        given = {"cwd": self.folder, "env": self.environment | environment}
        return subprocess.run([sys.executable, "install.py"], **given, capture_output=True, text=True, check=False)

    @property
    def packages(self) -> dict[str, str]:
        found = self.folder.glob(".venv/lib/*/site-packages/*.dist-info")
        return dict(path.name.removesuffix(".dist-info").split("-") for path in found)

    @property
    def complete(self) -> bool:
        return (self.folder / ".venv" / ".runtime").exists()


@pytest.fixture(scope="module")
def venv(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A .venv with pip alone, to be copied; the pip is that of the environment which runs the tests, compiled."""
    folder = tmp_path_factory.mktemp("venv") / ".venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    (site,) = folder.glob("lib/*/site-packages")
    (info,) = Path(pip.__file__).parents[1].glob("pip-*.dist-info")
    for part in (Path(pip.__file__).parent, info):
        shutil.copytree(part, site / part.name)
    return folder


@pytest.fixture
def index() -> Iterator[Shelf]:
    with served() as shelf:
        yield shelf


@pytest.fixture
def page() -> Iterator[Shelf]:
    with served() as shelf:
        shelf.put(PAGE, wheel("torch", f"{TORCH}+cpu"))
        yield shelf


@pytest.fixture
def clone(tmp_path: Path, venv: Path, index: Shelf, page: Shelf) -> Clone:
    shutil.copytree(venv, tmp_path / ".venv", symlinks=True)
    return Clone(tmp_path, index, page.url + PAGE)


@linux
def test_the_cpu_build_is_taken_from_the_page_of_cpu_builds_once(clone: Clone, index: Shelf, page: Shelf) -> None:
    ran = clone.install()
    assert ran.returncode == 0, ran.stderr
    assert (clone.packages["small"], clone.packages["torch"]) == ("1.0", f"{TORCH}+cpu")
    assert f"PyTorch's CPU build, from {page.url}{PAGE}" in ran.stdout
    assert re.search(rf"Downloading \S*torch-{re.escape(TORCH)}\S+ \([\d.]+ \w+\)", ran.stdout)
    assert re.search(r"\.venv is complete: \d+\.\d\d GB on disk", ran.stdout)
    assert clone.complete
    (torch,) = clone.folder.glob(".venv/lib/*/site-packages/torch")
    assert {path.relative_to(torch).as_posix() for path in torch.rglob("*") if path.is_file()} == set(USED)
    asked = index.asked + page.asked
    assert clone.install().returncode == 0
    assert index.asked + page.asked == asked


@linux
def test_without_that_page_the_default_build_is_taken_and_told(clone: Clone) -> None:
    clone.write("requirements.txt", f"--find-links {NOBODY}{PAGE}\ntorch=={TORCH}\n")
    began = time.perf_counter()
    ran = clone.install()
    assert ran.returncode == 0, ran.stderr
    assert time.perf_counter() - began < install.PATIENCE
    assert clone.packages["torch"] == TORCH
    assert f"{NOBODY}{PAGE} did not offer PyTorch's CPU build {TORCH}. Taking the default build" in ran.stdout
    assert clone.complete


def test_a_page_that_never_answers_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(install, "PYTHON", sys.executable)
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        began = time.perf_counter()
        assert not install.offered(f"torch=={TORCH}+cpu", "--no-index", "--find-links", address, within=2)
    assert time.perf_counter() - began < 15  # seconds that pip by itself waits for one answer


def test_packages_own_tests_are_not_compiled(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    for name in ("a.py", "tests/b.py"):
        (tmp_path / name).touch()
    monkeypatch.setattr(install, "PYTHON", sys.executable)
    monkeypatch.setattr(install, "packages", lambda: tmp_path)
    install.compile_modules()
    assert [path.name.partition(".")[0] for path in tmp_path.rglob("*.pyc")] == ["a"]


@linux
def test_a_mirror_that_has_the_cpu_build_is_where_it_comes_from(clone: Clone, page: Shelf, tmp_path: Path) -> None:
    name, content = wheel("torch", f"{TORCH}+cpu")
    (tmp_path / name).write_bytes(content)
    ran = clone.install(PIP_FIND_LINKS=str(tmp_path))
    assert ran.returncode == 0, ran.stderr
    assert clone.packages["torch"] == f"{TORCH}+cpu"
    assert "from where pip is set to look" in ran.stdout
    assert page.asked == []


@pytest.mark.parametrize("mirror", ["PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "pip.conf", ""])
def test_every_mirror_that_pip_knows_is_asked_and_nobody_else(
    clone: Clone, index: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mirror: str
) -> None:
    index.put("/mirror/torch/", wheel("torch", f"{TORCH}+cpu"))
    (tmp_path / "pip.conf").write_text(f"[global]\nextra-index-url = {index.url}/mirror\n", encoding="utf-8")
    named = {"pip.conf": {"PIP_CONFIG_FILE": str(tmp_path / "pip.conf")}, "": {}}
    told = named.get(mirror, {mirror: f"{index.url}/mirror"})
    monkeypatch.setattr(install, "PYTHON", sys.executable)
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)
    for name, value in (clone.environment | told).items():
        monkeypatch.setenv(name, value)
    assert install.offered(f"torch=={TORCH}+cpu") is bool(mirror)


@pytest.mark.parametrize("retries", ["0", "1"])
def test_without_a_network_it_says_what_to_do(clone: Clone, retries: str) -> None:
    ran = clone.install(PIP_INDEX_URL=f"{NOBODY}/simple", PIP_RETRIES=retries)
    assert ran.returncode == 1
    assert "Kioku needs the internet once:\nconnect this machine, or name a mirror" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert not clone.complete


def test_a_connection_that_stops_is_told(clone: Clone, index: Shelf) -> None:
    index.stalled = {path for path in index.files if path.endswith("small-1.0-py3-none-any.whl")}
    ran = clone.install(PIP_DEFAULT_TIMEOUT="1")
    assert ran.returncode == 1
    assert "pip could not fetch from where it looked" in ran.stderr
    assert not clone.complete


@pytest.mark.parametrize(
    ("line", "said"),
    [(f"small==1.0 --hash=sha256:{'0' * 64}", "DO NOT MATCH THE HASHES"), ("small==1.0", "Hashes are required")],
)
def test_another_file_than_the_locked_one_is_refused(clone: Clone, line: str, said: str) -> None:
    clone.write("requirements.lock", f"{line}\n")
    ran = clone.install()
    assert ran.returncode == 1
    assert said in ran.stderr
    assert "pip could not fill .venv; its message is above." in ran.stderr
    assert "small" not in clone.packages


def test_an_old_python_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["install.py"])
    monkeypatch.setattr(sys, "version_info", (3, 9, 6))
    with pytest.raises(SystemExit, match=r"Kioku needs Python 3\.11 or newer; this is 3\.9\."):
        install.main()


def test_a_python_without_venv_is_told_and_leaves_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    half = tmp_path / "python"
    half.write_text(f"#!/bin/sh\nmkdir -p '{tmp_path}/.venv/bin'\nexit 1\n", encoding="utf-8")
    half.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(half))
    monkeypatch.setattr(install, "VENV", tmp_path / ".venv")
    with pytest.raises(SystemExit, match="sudo apt-get install python3-venv"):
        install.create()
    assert not (tmp_path / ".venv").exists()


def pins(name: str) -> set[str]:
    """Every `name==version` of a file, written in one way."""
    found = re.findall(r"^[\w.-]+==[\w.]+", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
    return {pin.lower().replace("_", "-") for pin in found}


def test_the_locks_hold_what_is_asked_for() -> None:
    assert pins("requirements.txt") - pins("requirements.lock") == {f"torch=={TORCH}"}, "run make lock"
    assert pins("requirements-dev.txt") <= pins("requirements.lock") | pins("requirements-dev.lock"), "run make lock"
    assert pins("requirements.lock") & pins("requirements-dev.lock") == set()


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_every_locked_package_has_hashes(name: str) -> None:
    packages = re.split(r"^(?=\S+==)", (ROOT / name).read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    assert [package.split()[0] for package in packages if "--hash=sha256:" not in package] == []
    assert "://" not in "".join(packages)
