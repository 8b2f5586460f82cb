from bench.browser import Load
from bench.warm import row


def test_a_row_has_the_median_and_the_slowest() -> None:
    loads = [Load(picture_s=s, idle_s=2 * s, kib=1024) for s in (0.5, 0.7, 3.0)]
    assert row("/", "empty", loads) == ["/", "empty", "0.70 s", "3.00 s", "≤ 1 s", "1.40 s", "1.0 MiB"]
