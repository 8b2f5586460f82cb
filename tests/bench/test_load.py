from bench.load import PAGES, rows


def run(p95: float, errors: int = 0) -> dict[str, float]:
    return {"p50_ms": p95 / 2, "p95_ms": p95, "reruns": 10, "errors": errors, "server_mib": 300 + errors}


def test_the_turns_come_together_and_every_error_counts() -> None:
    ours, bare = rows(PAGES[0], 30, [run(30), run(900, 2), run(60, 1)], [run(20), run(40), run(60)])
    assert ours == [30, "/cell", 30, "30 ms", "60 ms", "1.50 ×", "≤ 1.5 ×", 3, "0", "302 MiB"]
    assert bare == [30, "floor", 30, "20 ms", "40 ms", "", "", 0, "", "300 MiB"]
