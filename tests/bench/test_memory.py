import asyncio
import os

import pytest

from bench.memory import Watch, at, growth


def test_flat_is_flat_whatever_happened_in_between() -> None:
    assert growth([(n, 300.0 + 50 * (3 < n < 8)) for n in range(12)]) == 0
    assert growth([(n, 300.0 + n) for n in range(8)]) == pytest.approx(6)


def test_the_size_after_so_many_is_the_first_seen_then() -> None:
    seen = [(100, 300.0), (210, 301.0)]
    assert (at(seen, 100), at(seen, 200), at(seen, 300)) == (300.0, 301.0, None)


def test_the_watch_looks_until_there_were_enough() -> None:
    watch = Watch(os.getpid())
    watch.found.rerun.extend([1.0] * 40)
    asyncio.run(asyncio.wait_for(watch.run(40, 400), 5))
    assert [done for done, _ in watch.seen] == [40]
    assert watch.seen[0][1] > 10
