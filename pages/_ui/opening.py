"""What happens once between the start of the server and its first visitor: `opened`."""

from __future__ import annotations

import asyncio
import locale
import os
import signal
import socket
import sys
import threading
from contextlib import asynccontextmanager
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from streamlit import config
from streamlit.cli_util import open_browser
from streamlit.runtime.pages_manager import PagesManager

from pages._ui import handover, session_keys, uploads
from pages._ui.base_path import below_base
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from types import FrameType

    from streamlit.starlette import App

OWN = ("localhost", "127.0.0.1", "::1", None)  # what only this machine calls itself
EVERYWHERE = ("0.0.0.0", "::", None)  # addresses that other machines reach
# A session holds 4 files, and one whose reader has left 3 for as long as Streamlit keeps it, which it does with 128;
# a browser that loads a page holds 6. For a hundred readers who reload that makes some 1,400.
FILES = 4096


@asynccontextmanager
async def opened(_: App) -> AsyncIterator[None]:
    """Around the life of the server, whichever way it was started."""
    if threading.current_thread() is threading.main_thread():
        stop_at_once()
    handover.fewer(asyncio.get_running_loop())
    session_keys.look_up()
    uploads.keep_in_memory()
    # Else the first visitor of an address that is not its file's name, /text-generation, is told that there is none.
    PagesManager.uses_pages_directory = False
    await asyncio.to_thread(announce)
    yield


@cache
def announce() -> None:
    """Say where the app is and open the browser, if it is wanted: once, also for the processes that are then forked."""
    lang = terminal_language()
    say("\n".join(["", *where(lang), ""]))
    if (files := more_files()) < FILES:
        say(text("serving.files", lang, files=files, wanted=FILES))
    if not config.get_option("server.headless"):
        open_browser(_url("localhost"))


def stop_at_once() -> None:
    """Let whoever ends this process end it at once and well."""
    signal.signal(signal.SIGINT, _stop)
    signal.signal(signal.SIGTERM, _stop)


def terminal_language() -> str:
    """The language of whoever starts the server."""
    return "ja" if (locale.getlocale()[0] or "").lower().startswith("ja") else "en"


def where(lang: str) -> list[str]:
    """Where the app can be opened, a line each."""
    lines = [text("serving.here", lang, url=_url("localhost"))]
    if config.get_option("server.address") in EVERYWHERE:
        lines.append(text("serving.class", lang, url=_url(own_address())))
    return [*lines, text("serving.stop", lang)]


def own_names() -> list[str]:
    """The names by which this machine is known: its own, and what others in the same room call it."""
    name = socket.gethostname().lower()
    short = name.partition(".")[0]
    return list(dict.fromkeys(["localhost", name, short, f"{short}.local"]))


def own_address() -> str:
    """The address at which other machines reach this one."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # chooses the way to an address that nobody has; sends nothing
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"


def for_others(url: str) -> str | None:
    """An address of this app as other machines reach it; None where only this one does."""
    here = urlsplit(url)
    if here.hostname not in OWN:
        return url
    address = own_address()
    if config.get_option("server.address") not in EVERYWHERE or address in OWN:
        return None
    return here._replace(netloc=address if here.port is None else f"{address}:{here.port}").geturl()


def more_files(wanted: int = FILES) -> int:
    """Let this process have as many files open as it may need; how many it may have now."""
    try:
        import resource
    except ImportError:  # Windows, which has no such limit
        return wanted
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft == resource.RLIM_INFINITY or soft >= most:
        return wanted if soft == resource.RLIM_INFINITY else soft
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    except (OSError, ValueError):  # macOS names a limit of "unlimited" that it does not mean
        return soft
    return most


def _stop(_number: int, _frame: FrameType | None) -> None:
    """End at once. What is stored is whole at any moment, so there is nothing to wind up; and a thread that is still
    computing while the interpreter is taken down can abort the process."""
    os._exit(0)


def _url(host: str) -> str:
    secure = "s" if config.get_option("server.sslCertFile") else ""
    return f"http{secure}://{host}:{config.get_option('server.port')}{below_base() or '/'}"


def say(line: str) -> None:
    """Print it now."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
