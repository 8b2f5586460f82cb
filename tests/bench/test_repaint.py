from bench.browser_latency import Latencies
from bench.cell import PAGE
from bench.knobs import PAGES
from bench.repaint import ratio, reach, rows


def test_a_row_until_the_first_picture_and_one_until_all() -> None:
    ours, bare = Latencies([30.0], [60.0], missed=1), Latencies([20.0], [30.0])
    first, every = rows("hidden", 30, ours, bare, "≤ 1.5 ×")
    assert first[:3] == ["hidden", 30, "first"]
    assert first[3:9] == ["30 ms", "30 ms", "20 ms", "20 ms", "1.50 ×", "1.50 ×"]
    assert every[7:] == ["2.00 ×", "2.00 ×", "≤ 1.5 ×", 1]


def test_what_was_never_measured_has_no_ratio() -> None:
    assert ratio(None, 3.0) == "–"
    assert rows("hidden", 0, Latencies(missed=2), Latencies([20.0], [30.0]), "≤ 1.3 ×")[0][3:] == [
        *("–", "–", "20 ms", "20 ms", "–", "–", "≤ 1.3 ×", 2)
    ]


def test_what_is_to_be_reached_is_the_pages_own() -> None:
    assert (reach(PAGE, 0), reach(PAGE, 30)) == ("≤ 1.3 ×", "≤ 1.5 ×")
    assert [reach(page, 0) for page in PAGES] == ["≤ 1.5 ×", "≤ 1000 ms"]
