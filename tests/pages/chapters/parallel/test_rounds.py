from __future__ import annotations

import pytest

from pages._chapters.parallel import rounds
from pages._chapters.parallel.inputs import Reading
from rnn_core.gradients.newton import NewtonRun
from rnn_core.messages import LANGUAGES
from rnn_core.specs import ModelSpec


def reading(total: int, taken: int | None) -> Reading:
    import numpy as np

    errors = np.ones((3 if taken is None else taken + 1, total))
    if taken is not None:
        errors[-1] = 0
    run = NewtonRun(np.zeros((total, 1)), errors, np.zeros(len(errors)), -0.1, 0.0)
    return Reading(ModelSpec(cell="gru", hidden=8), (), False, ("は",) * total, run)


@pytest.mark.parametrize(
    ("total", "taken", "right"),
    [(60, 4, 1), (60, 10, 1), (60, 11, 2), (60, 59, 2), (60, 60, 3), (60, 61, 4), (60, None, 4), (3, 1, 1), (3, 2, 2)],
)
def test_one_option_is_right(total: int, taken: int | None, right: int) -> None:
    found = reading(total, taken)
    assert rounds.outcome(found) == right
    said = [rounds.verdict(found, guess) for guess in rounds.options_of(total, "en")]
    assert [at for at, one in enumerate(said, 1) if one == "right"] == [right]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("total", [3, 6, 11, 60, 200])
def test_the_options_are_apart(lang: str, total: int) -> None:
    named = list(rounds.options_of(total, lang).values())
    assert len(set(named)) == 4


@pytest.mark.parametrize("total", [1, 2])
def test_of_two_words_nothing_is_asked(total: int) -> None:
    assert rounds.options_of(total, "en") == {}
