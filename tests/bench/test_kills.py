"""The kills of the bench, a few of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench import kills

if TYPE_CHECKING:
    import pytest


def test_what_a_kill_costs_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"LIVES": (0.0, 0.05), "STEPS": 40, "LANES": 1}.items():
        monkeypatch.setattr(kills, name, value)
    met, *others = kills.kills(3)
    assert int(met[1]) <= 3  # a busy machine has nothing written so soon
    assert [row[1] for row in others] == ["0", "0"]
    monkeypatch.setattr(kills, "_content", lambda folder: {str(folder.path): b""})
    _, lost, unequal = kills.kills(1)
    assert (lost[1], unequal[1]) == ("0", "1")
