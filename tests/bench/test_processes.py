import os
import subprocess
import sys

from bench.process import family, memory, proportional
from bench.processes import COLUMNS, rows


def run(p95: float, mib: float, errors: int = 0) -> dict[str, float]:
    return {"p50_ms": p95 / 2, "p95_ms": p95, "reruns": 10, "errors": errors, "mib": mib}


def test_the_floor_is_the_measure_of_time_and_one_process_that_of_memory() -> None:
    shared, one, bare = [run(30, 700), run(90, 560, 1)], [run(80, 500), run(120, 500)], [run(40, 100), run(40, 300)]
    found = rows(2, shared, one, bare)
    assert [len(row) for row in found] == [len(COLUMNS)] * 3
    assert found[0][1:7] == (2, 20, "30 ms", "60 ms", "1.50 ×", "≤ 1.5 ×")
    assert found[0][7:] == (1, "0", "630 MiB", "1.26 ×", "≤ 1.4 ×")
    assert found[1][1:7] == (1, 20, "50 ms", "100 ms", "2.50 ×", "")
    assert found[2][1:] == (1, 20, "20 ms", "40 ms", "", "", 0, "", "200 MiB", "", "")


def test_what_a_server_takes_is_what_all_its_processes_take() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        try:
            assert {os.getpid(), child.pid} <= set(family(os.getpid()))
            assert 0 < proportional(os.getpid()) <= memory(os.getpid())
        finally:
            child.kill()
