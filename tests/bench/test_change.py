from __future__ import annotations

import pytest

from bench import change
from bench.change import CASES, ROOT, Cost, checkouts, rows


def cost(cpu: float) -> Cost:
    return Cost(cpu=[cpu, 99.0, cpu], waited=[40.0, 50.0, 60.0], messages=[49.0], sent=[36.4])


def test_both_states_stand_beside_each_other() -> None:
    now, before = rows(CASES[0], [cost(14.0), cost(20.0)])
    assert now == ["/cell", "hidden", "now", 3, "14.0 ms", "0.70 ×", "≤ 0.72 ×", "49", "36 KiB", "50 ms"]
    assert before == ["/cell", "hidden", "before", 3, "20.0 ms", "", "", "49", "36 KiB", "50 ms"]


def test_without_another_state_nothing_is_compared() -> None:
    ((_, _, name, *_, ratio, reach, _, _, _),) = rows(CASES[0], [cost(14.0)])
    assert (name, ratio, reach) == ("now", "", "")


def test_the_environment_names_the_other_checkout(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    monkeypatch.delenv(change.BASELINE, raising=False)
    assert list(checkouts()) == [ROOT]
    monkeypatch.setenv(change.BASELINE, str(tmp_path))
    assert list(checkouts()) == [ROOT, tmp_path]
