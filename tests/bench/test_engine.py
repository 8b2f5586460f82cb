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


def test_a_part_is_measured_alone_and_one_that_does_not_end_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def late() -> list[tuple[str, str, str]]:
        raise TimeoutError

    monkeypatch.setattr(engine, "PARTS", {"one": (lambda: [("a", "1", "")], late), "two": (late, late)})
    assert engine.section(parts=["one"]).splitlines()[-1] == "| a | 1 |  |"
    assert "| one | not ended after" in engine.section(1, ["one"])
