"""The two ways of starting Kioku on a machine of one's own: `python -m pages._ui.server run` and `… serve`.

Both are `streamlit run app.py` with settings of their own. Where the environment has a setting, that one holds.
For a class, as many processes as there are cores share the work behind one port, where nginx is there to part it.
"""

from __future__ import annotations

import argparse
import os
import socket
import sys
from functools import partial
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from tempfile import TemporaryDirectory

from streamlit import config
from streamlit.web.bootstrap import load_config_options
from streamlit.web.cli import main as streamlit
from streamlit.web.cli import main_run

from pages._ui import processes, proxy
from pages._ui.classroom.rooms import WHERE
from pages._ui.opening import announce, more_files, own_names, say, stop_at_once, terminal_language
from rnn_core.messages import text

APP = Path(__file__).resolve().parents[2] / "app.py"
WAYS = {
    "run": {"STREAMLIT_SERVER_ADDRESS": "localhost", "STREAMLIT_SERVER_HEADLESS": "false"},
    "serve": {"STREAMLIT_SERVER_ADDRESS": "0.0.0.0", "STREAMLIT_SERVER_HEADLESS": "true"},
}
# Read when a library is loaded: none of them starts a thread, which would not be there after a fork.
ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
}
# The process ends at once, and Python's helper that tidies up after its workers would call that a leak.
QUIET = {"PYTHONWARNINGS": "ignore:resource_tracker"}
HERE = "127.0.0.1"
MEMORY = Path("/dev/shm")
PORTS = 100  # so many ports are tried, as Streamlit does


def main() -> None:
    """The command; it ends when the server does."""
    parser = argparse.ArgumentParser(prog="python -m pages._ui.server", description=__doc__)
    parser.add_argument("way", choices=WAYS, help="for yourself, with a browser; or for a class")
    parser.add_argument(
        "--processes", type=int, default=os.environ.get("KIOKU_PROCESSES"), help="how many share the work of a class"
    )
    asked = parser.parse_args()
    settings = QUIET | WAYS[asked.way] | {"STREAMLIT_SERVER_ALLOWED_HOSTS": " ".join(own_names())}
    for name, value in settings.items():
        os.environ.setdefault(name, value)
    if asked.way == "serve":
        told = main_run.make_context(None, [str(APP)]).params  # `streamlit run` would read the environment as it starts
        load_config_options({name: value for name, value in told.items() if name not in ("target", "args")})
        count, why = shares(asked.processes)
        say(text(why, terminal_language(), count=count))
        if count > 1:
            sys.exit(0 if share(count) else text("serving.died", terminal_language()))
    streamlit(["run", str(APP)], prog_name="streamlit")


def shares(asked: int | None) -> tuple[int, str]:
    """How many processes share the work, and the message that says so."""
    if sys.platform != "linux":
        return 1, "serving.one.system"
    wanted = asked or len(os.sched_getaffinity(0))
    if wanted <= 1:
        return 1, "serving.one"
    if config.get_option("server.sslCertFile"):
        return 1, "serving.one.certificate"
    if proxy.program() is None:
        return 1, "serving.one.nginx"
    return wanted, "serving.processes"


def share(count: int) -> bool:
    """Serve with so many processes behind nginx; whether a signal ended it."""
    stop_at_once()
    load()
    address, port = config.get_option("server.address"), free_port()
    config.set_option("server.port", port)
    listeners = [socket.create_server((HERE, 0), backlog=2048) for _ in range(count)]
    with TemporaryDirectory(prefix="kioku-") as name, TemporaryDirectory(prefix="kioku-", dir=in_memory()) as kept:
        os.environ.setdefault(WHERE, str(Path(kept, "rooms")))
        folder, addresses = Path(name), [f"{HERE}:{listener.getsockname()[1]}" for listener in listeners]
        configured = proxy.configuration(address, port, addresses, folder, more_files())
        nginx = proxy.command(str(proxy.program()), folder, configured)
        announce()
        return processes.keep_running(
            [partial(os.execv, nginx[0], nginx), *(partial(answer, listener) for listener in listeners)]
        )


def in_memory() -> Path | None:
    """A folder whose files are never on a disk; None where there is none."""
    return MEMORY if os.access(MEMORY, os.W_OK) else None


def load() -> None:
    """Load what every process needs, so that they have it in common."""
    import rnn_core

    os.environ.update(ONE_THREAD)
    config.get_option("server.cookieSecret")  # drawn when it is first asked for: one for all
    for module in ("uvicorn", "pandas", *(one.name for one in walk_packages(rnn_core.__path__, "rnn_core."))):
        if not module.endswith(".__main__"):
            import_module(module)
    rnn_core.runtime.warm_up()


def free_port() -> int:
    """The port that is asked for, or the next that is free where none is."""
    address, first = config.get_option("server.address"), config.get_option("server.port")
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    for port in range(first, first + (1 if config.is_manually_set("server.port") else PORTS)):
        try:
            with socket.create_server((address, port), family=family) as probe:
                return int(probe.getsockname()[1])
        except OSError:
            continue
    sys.exit(text("serving.taken", terminal_language(), port=first))


def answer(listener: socket.socket) -> None:
    """Be one of the processes: answer what comes in here. The listener outlives it, so that whoever asks while it is
    started anew only waits."""
    import uvicorn
    from streamlit.web.server.starlette.starlette_server import _get_uvicorn_config_kwargs

    settings = uvicorn.Config(f"{APP.stem}:app", forwarded_allow_ips=f"{HERE},::1", **_get_uvicorn_config_kwargs())
    uvicorn.Server(settings).run(sockets=[listener])


if __name__ == "__main__":
    main()
