from math import inf, isinf

import pytest

from bench.addresses import Found, path, row, score
from bench.visit import Cost


def test_the_row_says_what_was_found_and_what_was_given_up() -> None:
    found = Found(
        "home", {"text": "rare 1000", "into": ""}, 40, Cost(1.234, 56.7), Cost(0.5, 3.0), 0.0, ["ValueError: x"]
    )
    assert row(found) == [
        *("/", "`text=rare 1000 & into=(empty)`", 40, "1.23 s", "≤ 2 s", "57 MiB", "≤ 300 MiB", "0.50 s", "3 MiB"),
        *("0.00 s", 1),
    ]
    over = row(Found("translation", {}, 3, Cost(20.1, 2100.0, over=True), Cost(0.0, 0.0), 18.0, []))
    assert over[:6] == ["/translation", "`as it opens`", 3, "> 20.10 s", "≤ 2 s", "> 2100 MiB"]


def test_a_cost_counts_by_what_is_nearer_to_its_bound() -> None:
    assert score(lambda: Cost(1.0, 30.0)) == pytest.approx(0.5)
    assert score(lambda: Cost(0.1, 150.0)) == pytest.approx(0.5)
    assert isinf(score(lambda: Cost(0.1, 1.0, over=True)))


def test_a_cheap_visit_is_repeated_to_be_exact() -> None:
    costs = iter([Cost(0.01, 1.0), Cost(0.03, 1.0), Cost(0.02, 1.0), Cost(inf, inf)])
    assert score(lambda: next(costs)) == pytest.approx(0.01)


def test_the_first_chapter_stands_at_the_root() -> None:
    assert path("home") == ""
    assert path("translation") == "translation"
