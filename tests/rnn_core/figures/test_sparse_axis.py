from __future__ import annotations

import pytest

from rnn_core.figures import Theme, sparse_axis
from rnn_core.figures.words import Words
from tests.rnn_core.figures.cases import GLOSSES, WORDS, words

LOOK = Theme()


@pytest.mark.parametrize("steps", [1, 6, 12, 13, 60, 61, 200, 1000])
def test_labels_are_few_and_at_steps_that_exist(steps: int) -> None:
    shown = sparse_axis.shown(steps)
    assert shown[0] == 1
    assert shown[-1] <= steps
    assert shown == sorted(set(shown))
    assert len(shown) <= max(sparse_axis.LABELS + 1, min(steps, sparse_axis.FEW))


def test_a_few_words_have_the_axis_that_every_figure_has() -> None:
    sentence = Words(WORDS, GLOSSES, "en")
    assert sparse_axis.time_axis(sentence, LOOK, 90) == sentence.axis(LOOK, 90)
    assert sparse_axis.margin(sentence, LOOK, 90) == sentence.margin(LOOK, 90)


@pytest.mark.parametrize("numbers", [True, False])
def test_of_many_words_some_are_named_and_all_under_the_pointer(numbers: bool) -> None:
    sentence = Words(("<b>", *words(59)), (), "ja")
    axis = sparse_axis.time_axis(sentence, LOOK, 90, numbers)
    assert axis["tickvals"] == [1, 10, 20, 30, 40, 50, 60]
    assert axis["ticktext"][:2] == (["1", "10"] if numbers else ["&lt;b&gt;<br>1", "天気<br>10"])
    assert axis["labelalias"]["1"] == "&lt;b&gt;<br>1"
    assert len(axis["labelalias"]) == 60
    assert axis["range"] == [0.5, 60.5]
    assert sparse_axis.margin(sentence, LOOK, 90, numbers) < 60
