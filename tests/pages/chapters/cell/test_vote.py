from __future__ import annotations

import numpy as np
import pytest

from pages._ui.classroom.ballot import MOST_OPTIONS
from rnn_core import ModelSpec
from rnn_core.models import registry
from tests.pages.voting import asked


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_the_measured_word_is_where_the_state_moves_most(cell: str) -> None:
    found = asked("cell", cell=cell, hidden="16", weights="trained")
    words = ("今日", "は", "天気", "が", "良い", "ね")
    states = registry.run(ModelSpec(cell=cell, hidden=16), words).layer()["hidden_state"].astype(np.float64)
    moved = np.linalg.norm(np.diff(np.concatenate([np.zeros_like(states[:1]), states]), axis=0), axis=1)
    assert found
    assert found.right == (int(np.argmax(moved)),)
    assert found.options["ja"] == tuple(f"「{word}」" for word in words)


def test_a_word_that_comes_twice_is_two_answers() -> None:
    found = asked("cell", text="犬が犬を噛む")
    assert found
    assert found.size == 5


@pytest.mark.parametrize("text", ["犬", "犬が" * MOST_OPTIONS])
def test_one_word_or_too_many_are_no_question(text: str) -> None:
    assert asked("cell", text=text) is None
