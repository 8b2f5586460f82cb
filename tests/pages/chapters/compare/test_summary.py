from __future__ import annotations

from types import SimpleNamespace

import pytest

from pages._chapters.compare import computed
from pages._chapters.compare.summary import accuracy, spread_said
from rnn_core.models.measures import Spread
from rnn_core.specs import ModelSpec

VIEW = SimpleNamespace(lang="en")


@pytest.mark.parametrize(
    ("counted", "said"),
    [
        ((0, 10), "0.0% (0.0 to 27.8)"),
        ((10, 10), "100.0% (72.2 to 100.0)"),
        ((9, 10), "90.0% (59.6 to 98.2)"),
        (None, "–"),
    ],
)
def test_an_accuracy_has_its_interval(monkeypatch: pytest.MonkeyPatch, counted, said: str) -> None:
    monkeypatch.setattr(computed, "accuracy", lambda _: counted)
    assert accuracy(VIEW, ModelSpec(cell="rnn", hidden=8)) == said


def test_a_time_has_its_spread() -> None:
    assert spread_said(Spread(210e-6, 204e-6, 1219e-6), "en") == "210 (204 to 1,219)"
