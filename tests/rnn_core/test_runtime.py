from __future__ import annotations

import subprocess
import sys
import warnings
from concurrent.futures import ThreadPoolExecutor
from threading import Event

from rnn_core import runtime


def run(code: str) -> str:
    """What a fresh process prints: whether torch is loaded is a matter of the whole process."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    assert done.stderr == ""
    return done.stdout.strip()


def test_nothing_is_loaded_before_the_warm_up_and_everything_after_it() -> None:
    said = run(
        "import sys, gc; from rnn_core import runtime as r\n"
        "before = 'torch' in sys.modules, r.ready()\n"
        "r.warm_up_later(0); r.warm_up_later(9); done = r.wait(50)\n"
        "import torch\n"
        "print(before, done, r.ready(), torch.get_num_threads(), 'nagisa' in sys.modules)\n"
        "print(gc.get_freeze_count() > 100_000)"
    )
    assert said == "(False, False) True True 1 True\nTrue"


def test_no_computation_uses_more_than_one_thread() -> None:
    said = run(
        "from rnn_core import runtime as r; r.warm_up()\n"
        "import torch; from threadpoolctl import threadpool_info\n"
        "print(torch.get_num_threads(), sorted({(i['user_api'], i['num_threads']) for i in threadpool_info()}))"
    )
    assert said == "1 [('blas', 1), ('openmp', 1)]"


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
