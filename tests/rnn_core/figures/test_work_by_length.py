from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from rnn_core import parallelism
from rnn_core.figures import Theme, multiply_adds, numbers_kept
from rnn_core.messages import LANGUAGES
from rnn_core.parallelism import COST_MODELS, LENGTHS
from tests.rnn_core.figures.cases import LOOKS, data, sound, traces

PAIRS = [(multiply_adds, parallelism.multiply_adds), (numbers_kept, parallelism.stored_numbers)]


@pytest.mark.parametrize(("make", "count"), PAIRS)
@pytest.mark.parametrize("theme", LOOKS, ids=str)
def test_the_lines_are_what_is_counted(make: Callable, count: Callable, theme: Theme) -> None:
    for trace, cell in zip(traces(sound(make(lang="ja", theme=theme))), COST_MODELS, strict=True):
        np.testing.assert_array_equal(trace["y"], [count(cell, words) for words in LENGTHS])
        np.testing.assert_array_equal(trace["x"], LENGTHS)


def test_the_findings_say_how_much_more_a_long_sentence_takes() -> None:
    assert multiply_adds(lang="en", theme=Theme()).finding == (
        "Length 6 to 512 (85 ×): LSTM 85 ×, Transformer 320 ×. From 177 on, the T² part leads."
    )
    assert numbers_kept(lang="en", theme=Theme()).finding == (
        "Length 512: the Transformer stores 33 × what the LSTM does. Growth from length 6: 3,200 ×."
    )


@pytest.mark.parametrize("make", [multiply_adds, numbers_kept])
def test_languages_change_words_only(make: Callable) -> None:
    ja, en = ([data(trace) for trace in traces(make(lang=lang, theme=Theme()))] for lang in LANGUAGES)
    assert ja == en
