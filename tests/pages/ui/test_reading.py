from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pages._ui import cache
from pages._ui.address import CONTROLS
from rnn_core import KiokuError, runtime
from tests.pages.opening import at_address
from tests.pages.reading import html

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from rnn_core.models.model_trace import ModelTrace


class Cold:
    """A server on which torch is ready only after it has been asked for `patience` times."""

    def __init__(self, patience: int) -> None:
        self.patience, self.started = patience, 0

    def ready(self) -> bool:
        return self.patience <= 0

    def wait(self, _seconds: float) -> bool:
        self.patience -= 1
        return self.ready()

    def warm_up_later(self, _seconds: float) -> None:
        self.started += 1


@pytest.fixture
def cold(warm: None, monkeypatch: pytest.MonkeyPatch) -> Cold:
    server = Cold(patience=3)
    for name in ("ready", "wait", "warm_up_later"):
        monkeypatch.setattr(runtime, name, getattr(server, name))
    return server


def opened(**query: str) -> AppTest:
    at = at_address(query=query).run()
    assert not at.exception
    return at


def test_the_first_picture_of_a_cold_server_is_the_stored_one(cold: Cold, monkeypatch: pytest.MonkeyPatch) -> None:
    def computed(*args: object) -> ModelTrace:
        raise AssertionError("the reader would have to wait")

    monkeypatch.setattr(cache, "trace", computed)
    at = opened()
    assert len(at.get("plotly_chart")) == 2
    assert (cold.started, cold.patience) == (1, 3)


def test_any_other_state_waits_for_the_network(cold: Cold) -> None:
    at = opened(hidden="8", weights="fresh")
    assert len(at.get("plotly_chart")) == 2
    assert (cold.started, cold.patience) == (1, 0)
    assert "status" not in html(at)  # the line that said so is gone


def test_without_a_stored_picture_the_reader_waits(cold: Cold, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> ModelTrace:
        raise KiokuError("stored_trace", path="x")

    monkeypatch.setattr(cache, "first_picture", missing)
    assert len(opened().get("plotly_chart")) == 2
    assert cold.patience == 0


def test_a_warm_server_computes(warm: None) -> None:
    assert len(opened(text=str(CONTROLS["text"].default)).get("plotly_chart")) == 2
