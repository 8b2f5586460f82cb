from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages._chapters.compare import networks
from pages._ui.network import stands_beside
from rnn_core.figures.words import Words
from rnn_core.messages import LANGUAGES, text
from rnn_core.specs import ModelSpec
from rnn_core.training.lab import loop
from rnn_core.training.lab.spec import TrainSpec
from tests.pages.reading import html
from tests.pages.trained import runs, trained

if TYPE_CHECKING:
    from pages._ui.shell import View
    from rnn_core.training.lab.store import Runs
    from tests.pages.conftest import Open

__all__ = ["runs"]


def words(steps: int, lang: str = "en") -> Words:
    return Words(tuple(f"w{step}" for step in range(steps)), (), lang)


@pytest.mark.parametrize(
    ("norms", "said"),
    [
        ({"rnn": [0.1, 1], "lstm": [0.5, 1]}, "most gradient is left in the LSTM (0.50 ×), least in the RNN (1/10)."),
        ({"rnn": [0.1, 1], "lstm": [0.1, 1]}, "equally much of the gradient is left in all of them (1/10)."),
        ({"rnn": [0.1, 0], "lstm": [0.1, 0]}, "the gradient is 0 in every network."),
        ({"rnn": [0.5, 1], "lstm": [0.5, 1], "gru": [0.1, 1]}, "in the RNN, LSTM (0.50 ×), least in the GRU (1/10)."),
        ({"rnn": [1], "lstm": [1]}, "There is only one word"),
    ],
)
def test_what_is_left_of_the_gradient_is_said_as_it_is(norms: dict, said: str) -> None:
    found = {cell: np.array(values, float) for cell, values in norms.items()}
    assert said in networks.left(found, words(len(found["rnn"])))


@given(st.lists(st.tuples(st.floats(0, 1e9), st.floats(0, 1e9)), min_size=2, max_size=2), st.sampled_from(LANGUAGES))
def test_no_state_makes_a_sentence_of_nothing(ends: list, lang: str) -> None:
    found = {cell: np.array(pair) for cell, pair in zip(("rnn", "lstm"), ends, strict=True)}
    said = networks.left(found, words(2, lang))
    assert not {"NaN", "∞", "nan", "inf"} & {part.strip("()（）.。") for part in said.split()}
    assert "→" not in said


def test_a_run_stands_in_the_place_of_the_shipped_network_of_its_cell(open_page: Open, runs: Runs) -> None:
    asked = TrainSpec(task="smalltalk", length=14, cell="gru", hidden=4, steps=2)
    at = open_page(page="compare", lang="en", weights=f"run:{trained(runs, asked, train=loop.train)}")
    assert not at.error
    assert text("compare.sizes.run", "en", cell="GRU", units=4, low="", high="")[:50] in html(at)


@pytest.mark.parametrize("other", [{"task": "recall"}, {"layers": 2}, {"bidirectional": True}])
def test_one_that_reads_otherwise_does_not(other: dict) -> None:
    one = ModelSpec(cell="gru", hidden=4, weights="run:one")
    assert stands_beside(one)
    assert not stands_beside(one.model_copy(update=other))


def test_nothing_is_said_to_have_been_learned_by_random_weights() -> None:
    views = [cast("View", SimpleNamespace(lang="en", state={"weights": said})) for said in ("trained", "fresh")]
    assert [networks.trained_for(view, "rnn") for view in views] == ["next words and replies", "not trained"]
