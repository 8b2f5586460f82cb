from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pages._chapters.gradients.details import ANSWERS
from rnn_core.quantities import CELLS
from tests.pages.reading import keys

if TYPE_CHECKING:
    from tests.pages.conftest import Open

PARTS = {
    "none": [],
    "norms": ["gradient_norms"],
    "influence": [f"influence_{cell}" for cell in CELLS],
    "eigenvalues": [f"{kind}_{cell}" for kind in ("stretch", "eigenvalues") for cell in CELLS],
    "shares": ["weight_steps"],
    "cliff": ["cliff"],
}


@pytest.mark.parametrize("part", PARTS)
def test_only_what_is_open_is_there(open_page: Open, part: str) -> None:
    at = open_page(page="gradients", part=part, curve="skip", guess_cliff="skip")
    assert keys(at) == PARTS[part]


@pytest.mark.parametrize("part", ANSWERS)
def test_what_answers_the_curve_waits_for_it_and_the_cliff_does_not(open_page: Open, part: str) -> None:
    assert keys(open_page(page="gradients", part=part)) == []
    assert keys(open_page(page="gradients", part="cliff", guess_cliff="skip")) == ["cliff"]
