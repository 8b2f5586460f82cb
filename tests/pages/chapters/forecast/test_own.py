"""A reader hands in a table: what was read is said, it is trained when asked, and the verdict is measured."""

from __future__ import annotations

import numpy as np
import pytest

from pages._chapters.forecast import own
from rnn_core.messages import LANGUAGES
from rnn_core.training import own_series
from rnn_core.training.own_series import learn
from tests.pages.handing import hand_over, handed, said
from tests.rnn_core.tasks.forecast.cases import wave


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_series, "EPOCHS", 4)
    monkeypatch.setattr(own, "compute_apart", lambda work, *given: work(*given))
    hand_over(monkeypatch)


def app() -> None:
    from pages._chapters.forecast import own
    from pages._ui import shell

    shell.show(lambda view: own.shown(view, "gru"))


def test_it_is_trained_when_asked_and_once() -> None:
    days = np.arange("2024-01-01", "2024-05-01", dtype="datetime64[D]")
    at = handed(app, "\n".join(f"{day},{k % 7}" for k, day in enumerate(days)).encode())
    assert not at.exception
    assert "121 values read, 2024-01-01 to 2024-04-30; a step is 1 day." in said(at)
    assert not at.get("plotly_chart")
    at.button(key="own_train").click().run()
    assert not at.exception
    assert "verdict" in said(at)
    assert len(at.get("plotly_chart")) == 2
    kept = at.session_state[own.KEPT]
    at.run()
    assert at.session_state[own.KEPT] is kept


@pytest.mark.parametrize("data", [b"", b"2024-01-01,1", b"PK\x03\x04\x00"])
def test_what_cannot_be_read_is_a_sentence(data: bytes) -> None:
    at = handed(app, data)
    assert not at.exception
    assert len(at.error) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_verdict_is_against_the_best_baseline(lang: str) -> None:
    found = learn(wave(100), "gru")
    assert own.verdict(found, lang).strip()
