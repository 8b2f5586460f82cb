from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pages._chapters.forecast import errors
from pages._chapters.forecast.choices import GAINS
from rnn_core.messages import LANGUAGES
from rnn_core.quantities import CELLS
from tests.rnn_core.figures.forecasts import errors as made

if TYPE_CHECKING:
    from pages._ui.predict import Verdict


@pytest.mark.parametrize(
    ("ours", "verdicts"),
    [
        (2.2, ("right", "near", "wrong", "wrong")),
        (2.09, ("near", "right", "wrong", "wrong")),
        (1.6, ("wrong", "wrong", "right", "wrong")),
        (0.2, ("wrong", "wrong", "wrong", "right")),
        (3.0, ("right", "wrong", "wrong", "wrong")),
    ],
)
def test_the_option_nearest_to_what_was_measured_is_right(ours: float, verdicts: tuple[Verdict, ...]) -> None:
    assert tuple(errors.verdict(made(ours), gain) for gain in GAINS) == verdicts


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_reason_says_both_errors(lang: str) -> None:
    assert all(said in errors.why(made(2.0), lang) for said in ("2.00", "2.20", "9"))
    assert "36" in errors.why(made(3.0), lang)
    for cell in CELLS:
        assert "2015" in errors.fails(cell, lang)
