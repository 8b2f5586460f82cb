"""What the bench says of /parallel, each part once, small."""

from __future__ import annotations

import torch

from bench import parallel


def rows(told: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in told.splitlines()[2:]]


def test_newtons_error_is_below_what_it_says() -> None:
    ((name, plain, clipped, *left, _, apart),) = rows(parallel.newton(["gru"], [8]))
    assert (name, plain, clipped) == ("GRU 8", "6", "6")
    assert all(float(error) < 1e-12 for error in left)
    assert float(apart) < 1e-12


def test_the_scan_is_as_exact_as_it_says() -> None:
    for row in rows(parallel.exactness([1, 64])):
        bound = parallel.EXACT[getattr(torch, row[0])]
        assert all(float(gap) <= bound for gap in row[2:-1])


def test_each_network_has_its_time_and_its_ratio(monkeypatch) -> None:
    monkeypatch.setattr(parallel, "TURNS", {16: 1})
    ((words, *cells),) = rows(parallel.race([16]))
    assert words == "16"
    assert len(cells) == 2 * len(parallel.RACED)


def test_what_is_shipped_is_small() -> None:
    *_, (name, size, _) = rows(parallel.sizes())
    assert name == "together"
    assert float(size.removesuffix(" KiB")) <= 200
