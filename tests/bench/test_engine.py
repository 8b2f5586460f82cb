"""The kills of the bench, a few of them, and whoever watches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench import engine

if TYPE_CHECKING:
    import pytest


def test_what_a_kill_costs_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "LIVES", (0.0, 0.1))
    assert [row[1] for row in engine.kills(3)] == ["0", "0"]
    monkeypatch.setattr(engine, "_content", lambda folder: {str(folder.path): b""})
    lost, unequal = engine.kills(1)
    assert (lost[1], unequal[1]) == ("0", "1")
