"""Shapes in signatures are executed while tests run: jaxtyping's hook checks them with beartype."""

import asyncio
import gc
import os
import sys
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests import shapes

# What is collected stays: looking for rubbish among it again and again takes almost half of the time that it takes.
gc.disable()
# A worker of xdist is called as the process is that steps back and gets ready for the lab's workers to be forked from.
if sys.argv[0] == "-c":
    sys.argv[0] = "pytest"

# Time is measured in bench/, not by tests: a busy machine is no fault of the code. Where CI says so, no chance either.
settings.register_profile(
    "kioku", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize="CI" in os.environ
)
settings.load_profile("kioku")

shapes.hook()

from rnn_core import runtime  # noqa: E402  # what it imports is hooked first

runtime.use_one_thread()
TESTS = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What installs, builds and reads everything takes long: it comes first, and no worker ends alone with it."""
    items.sort(key=lambda item: item.path.parent != TESTS)


def pytest_collection_finish() -> None:
    """From here on cyclic rubbish is looked for again, seldom, and not among what the collection made."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """What a test leaves behind that others would fall over: Streamlit's script as the program that runs.

    In a worker with a browser, Playwright's loop counts as running: other tests may run loops of their own.
    """
    program = sys.modules["__main__"]
    try:
        return (yield from _without_a_loop(item))
    finally:
        sys.modules["__main__"] = program  # what processes of our own import again


def _without_a_loop(item: pytest.Item) -> Generator[None, object, object]:
    if item.nodeid.startswith("tests/browser/"):
        return (yield)
    running = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    try:
        return (yield)
    finally:
        asyncio._set_running_loop(running)
