from bench.browser_latency import Latencies, quantile


def test_a_quantile_is_what_so_many_do_not_exceed() -> None:
    assert quantile([], 0.5) is None
    assert quantile([7.04], 0.95) == 7.0
    assert quantile([float(n) for n in range(101)], 0.95) == 95.0
    assert quantile([float(n) for n in range(101)], 0.5) == 50.0


def test_the_summary_counts_what_showed_nowhere() -> None:
    found = Latencies(paint=[10.0, 30.0], settled=[20.0, 40.0], missed=3)
    assert found.summary() == {
        "changes": 2,
        "missed": 3,
        "paint_p50_ms": 20.0,
        "paint_p95_ms": 29.0,
        "settled_p50_ms": 30.0,
        "settled_p95_ms": 39.0,
    }
