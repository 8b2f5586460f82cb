from __future__ import annotations

import json
import subprocess
import sys
import warnings
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest

from rnn_core import runtime


def run(code: str) -> str:
    """What a fresh process prints: whether torch is loaded is a matter of the whole process."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    assert done.stderr == ""
    return done.stdout.strip()


WARM_UP = """
import gc, json, sys
sys.modules.update(dict.fromkeys(["dynet", "dynet_config", "Cython"]))  # as where they are not installed
from rnn_core import runtime as r
before = ["torch" in sys.modules, r.ready()]
r.warm_up_later(0); r.warm_up_later(9); done = r.wait(50)
loaded = [done, r.ready(), "torch" in sys.modules, "nagisa" in sys.modules, gc.get_freeze_count() > 100_000]
import torch; from threadpoolctl import threadpool_info
threads = [torch.get_num_threads(), sorted({(i["user_api"], i["num_threads"]) for i in threadpool_info()})]
from rnn_core.segmentation.model import inputs_of, segmenter; from rnn_core.text.tokenizer import segment
segmenter()
words = [len(inputs_of("今日")), segment("今日は天気が良いね").tokens]
from rnn_core.translation import katakana
katakana.load()
packages = ["e2k" in sys.modules]
print(json.dumps({"before": before, "loaded": loaded, "threads": threads, "words": words, "packages": packages}))
"""


@pytest.fixture(scope="module")
def warmed() -> dict[str, list[Any]]:
    """What a process says of its warm-up: it takes seconds, and answers several questions."""
    return json.loads(run(WARM_UP))


def test_nothing_is_loaded_before_the_warm_up_and_everything_after_it(warmed: dict[str, list[Any]]) -> None:
    assert (warmed["before"], warmed["loaded"]) == ([False, False], [True] * 5)


def test_no_computation_uses_more_than_one_thread(warmed: dict[str, list[Any]]) -> None:
    assert warmed["threads"] == [1, [["blas", 1], ["openmp", 1]]]


def test_words_are_found_without_dynet(warmed: dict[str, list[Any]]) -> None:
    """DyNet is in no lock; nagisa's words, and its layers one by one, need none of it."""
    characters, words = warmed["words"]
    assert characters == 2
    assert "天気" in words


def test_the_package_of_katakana_is_not_imported_by_using_its_weights(warmed: dict[str, list[Any]]) -> None:
    assert warmed["packages"] == [False]


def test_a_warm_up_that_fails_lets_nobody_wait() -> None:
    said = run(
        "import sys, threading; threading.excepthook = lambda args: None\n"
        "sys.modules['torch'] = None\n"
        "from rnn_core import runtime as r\n"
        "r.warm_up_later(0); print(r.wait(30))"
    )
    assert said == "True"


def test_threads_that_silence_a_warning_leave_all_warnings_as_they_were() -> None:
    before, inside, left = list(warnings.filters), Event(), Event()

    def other() -> None:
        with runtime.unwarned(BytesWarning):
            inside.set()
            left.wait(5)

    with ThreadPoolExecutor(1) as threads:
        with runtime.unwarned(ResourceWarning):
            done = threads.submit(other)
            inside.wait(0.1)
            warnings.warn("unsaid", ResourceWarning, stacklevel=1)
        left.set()
        done.result(5)
    assert warnings.filters == before
