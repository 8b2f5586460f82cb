from bench.browser_latency import Latencies, quantile, upwards


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


def test_a_row_of_buttons_is_gone_through_to_and_fro() -> None:
    for last in (1, 2, 3, 7):
        for start in range(last + 1):
            place, seen = start, {start}
            for number in range(6 * last):
                place += 1 if upwards(place, last, number) else -1
                seen.add(place)
            assert seen == set(range(last + 1))
