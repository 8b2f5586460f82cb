"""What Newton's map is drawn from: the run's own errors, and what the reader does in it."""

from __future__ import annotations

import base64
import json

import numpy as np
import pytest

from pages._ui.components.newton_map import coded, drawing
from rnn_core.gradients.newton import NewtonRun
from rnn_core.messages import LANGUAGES
from rnn_core.tasks.language import find_tokenizer

TOKENS = find_tokenizer("smalltalk").receive(("今日", "は", "暑い"))


def run(rounds: int, total: int = 3, last: float = 0.0, residual: float = 1e-14) -> NewtonRun:
    errors = np.full((rounds + 1, total), 0.5)
    errors[0, 0], errors[-1] = np.inf, last
    return NewtonRun(np.zeros((total, 1)), errors, np.full(rounds + 1, residual), -0.25, 1e-16)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_has_the_errors_of_every_round(lang: str) -> None:
    found = run(2)
    data = json.loads(json.dumps(drawing(lang, TOKENS, "gru", found, ((1, "1"),)), allow_nan=False))
    levels = np.frombuffer(base64.b64decode(data["errors"]), np.uint8).reshape(3, 3)
    np.testing.assert_array_equal(levels, coded(found.errors))
    assert levels[0, 0] == 255
    assert (data["rounds"], data["total"], data["scan"]) == (2, 3, 2)
    assert data["largest"] == [None, 0.5, 0.0]
    assert data["exponent"] == "−0.25"
    assert data["options"] == [{"value": 1, "label": "1"}]


@pytest.mark.parametrize(("taken", "last"), [(5, 0.0), (5, 0.5)])
def test_what_takes_more_rounds_than_words_ends_there(taken: int, last: float) -> None:
    data = drawing("en", TOKENS, "rnn", run(taken, last=last), ())
    assert data["rounds"] is None
    assert len(data["largest"]) == 4


@pytest.mark.parametrize(("residual", "solved"), [(1e-14, True), (1e-9, False), (np.inf, False), (np.nan, False)])
def test_where_the_states_never_agree_it_knows_what_the_residual_says(residual: float, solved: bool) -> None:
    found = run(3, last=0.5, residual=residual)
    data = json.loads(json.dumps(drawing("en", TOKENS, "rnn", found, ()), allow_nan=False))
    assert (data["rounds"], data["solved"]) == (None, solved)


def test_a_byte_is_a_twelfth_of_a_power_of_ten() -> None:
    sizes = 10.0 ** np.arange(-15.5, 5)
    levels = coded(sizes)
    np.testing.assert_allclose((levels + 0.5) / 12 - 16, np.log10(sizes), atol=1 / 12)
    assert coded(np.array([np.nan, 1e9])).tolist() == [255, 255]


def test_one_word_is_drawn_too() -> None:
    data = drawing("ja", TOKENS[:1], "lstm", run(1, total=1), ())
    assert (data["total"], data["scan"], data["rounds"]) == (1, 0, 1)
