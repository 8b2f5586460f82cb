"""Put what Kioku needs into .venv: `python3 install.py` for the app, `python3 install.py --dev` for its tests as well.

pip does the work and keeps every setting of its own: mirrors (PIP_INDEX_URL, PIP_EXTRA_INDEX_URL, PIP_FIND_LINKS,
pip.conf), proxies, certificates. Only the standard library is used, and nothing newer than what an old Python can read
before it is told that it is too old.
"""

from __future__ import annotations

import argparse
import platform
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
NEEDED = (3, 11)
PATIENCE = 30  # seconds in which PyTorch's page of CPU builds must have answered
# What pip says where it reaches nothing; told not to try again, it only says that it found no version.
CUT = re.compile(r"connection broken|timed out|from versions: none", re.IGNORECASE)
# Their own tests; headers, compiler and binaries for those who build on PyTorch; a map for notebooks.
UNUSED = (
    *("*/**/tests", "torch/test", "torch/include", "torch/bin/test_*", "torch/bin/*Test", "torch/bin/protoc*"),
    *("pydeck/nbextension/static",),
)
LARGER = (
    "Taking the default build, which may bring CUDA and\n"
    "is then much larger; to try for the CPU build again, delete .venv and run this again."
)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description="Put what Kioku needs into .venv.")
    parser.add_argument("--dev", action="store_true", help="what the tests need, too")
    dev = parser.parse_args().dev
    if sys.version_info < NEEDED:
        sys.exit("Kioku needs Python {}.{} or newer; this is {}.{}.".format(*NEEDED, *sys.version_info[:2]))
    if not PYTHON.exists():
        create()
    print(f"Fetching what {'the tests need' if dev else 'the app needs'} into {VENV.name} …", flush=True)
    locks = ["requirements.lock", "requirements-dev.lock"][: 1 + dev]
    # Everything is in the locks, with the hashes of its wheels: nothing is resolved, and nothing is built here.
    files = [part for lock in locks for part in ("-r", lock)]
    install("--require-hashes", "--no-deps", "--only-binary=:all:", *files)
    install_torch()
    if dev:
        compile_modules()
    else:
        lighten()
    for stamp in [".runtime", ".dev"][: 1 + dev]:
        (VENV / stamp).touch()
    print(f"{VENV.name} is complete: {size(VENV) / 1e9:.2f} GB on disk.", flush=True)


def create() -> None:
    """A new .venv."""
    if subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=False).returncode:
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit("Python's venv is missing. On Debian or Ubuntu: sudo apt-get install python3-venv")


def install_torch() -> None:
    """PyTorch, which no lock has: on Linux the CPU build, if it is to be had; elsewhere PyPI's build is that one."""
    pins = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    version, page = (re.search(rf"^{begin}(\S+)", pins, re.MULTILINE)[1] for begin in ("torch==", "--find-links "))
    if installed("torch").partition("+")[0] == version:
        return
    default, cpu = f"torch=={version}", f"torch=={version}+cpu"
    if sys.platform != "linux" or platform.machine() not in ("x86_64", "aarch64"):
        said, where = "PyTorch:", (default,)
    elif offered(cpu):
        said, where = "PyTorch's CPU build, from where pip is set to look:", (cpu,)
    elif offered(cpu, "--no-index", "--find-links", page, "--retries", "0", "--timeout", "10", within=PATIENCE):
        said, where = f"PyTorch's CPU build, from {page}:", ("--find-links", page, cpu)
    else:
        said, where = f"{page} did not offer PyTorch's CPU build {version}. {LARGER}", (default,)
    print(said, flush=True)
    install(*where)


def compile_modules() -> None:
    """What the tests import, by many processes at once; packages' own tests are left out."""
    modules = ("-q", "-j", "0", "-x", "/tests?/", str(packages()))
    subprocess.run([str(PYTHON), "-m", "compileall", *modules], stdout=subprocess.DEVNULL, check=False)


def packages() -> Path:
    """Where .venv has them."""
    code = "import sysconfig; print(sysconfig.get_path('platlib'))"
    asked = subprocess.run([str(PYTHON), "-c", code], capture_output=True, text=True, check=True)
    return Path(asked.stdout.strip())


def lighten() -> None:
    """Remove what packages bring that is not for those who run an app."""
    found = packages()
    for path in [path for pattern in UNUSED for path in found.glob(pattern)]:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    shutil.rmtree(VENV / "share" / "jupyter" / "nbextensions", ignore_errors=True)


def installed(name: str) -> str:
    """The version of a package in .venv, or nothing."""
    code = f"from importlib.metadata import version; print(version({name!r}))"
    return subprocess.run([str(PYTHON), "-c", code], capture_output=True, text=True, check=False).stdout.strip()


def offered(requirement: str, *options: str, within: float | None = None) -> bool:
    """Whether pip finds this version for this machine; no, if it has not answered `within` seconds."""
    name, _, version = requirement.partition("==")
    command = pip("index", "versions", name, *options)
    try:
        told = subprocess.run(command, capture_output=True, text=True, check=False, timeout=within, cwd=ROOT).stdout
    except subprocess.TimeoutExpired:
        return False
    available = re.search(r"^Available versions: (.*)", told, re.MULTILINE)  # what is installed stands there, too
    return available is not None and version in available[1].split(", ")


def install(*what: str) -> None:
    """Let pip install and show all that it prints, its sizes and its progress; where it fails, say what to do.

    The app has a module compiled when it first imports it: the others, most of them, take much of the disk.
    """
    command = pip("install", "--no-compile", *what)
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, errors="replace", cwd=ROOT)
    cut = False
    for line in process.stderr:
        sys.stderr.write(line)
        cut = cut or bool(CUT.search(line))
    if process.wait() and cut:
        sys.exit(
            "pip could not fetch from where it looked; its messages are above. Kioku needs the internet once:\n"
            "connect this machine, or name a mirror that it reaches in PIP_INDEX_URL, and run this again."
        )
    if process.returncode:
        sys.exit(f"pip could not fill {VENV.name}; its message is above. Once that is mended, run this again.")


def pip(*arguments: str) -> list[str]:
    """The command that runs the pip of .venv."""
    return [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input", *arguments]


def size(folder: Path) -> int:
    """How many bytes the files in a folder take on disk."""
    # st_blocks counts what a file really takes; Windows does not tell it
    files = (path.lstat() for path in folder.rglob("*") if not path.is_dir())
    return sum(getattr(file, "st_blocks", 0) * 512 or file.st_size for file in files)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("Stopped before .venv was complete. To go on, run this again.")
