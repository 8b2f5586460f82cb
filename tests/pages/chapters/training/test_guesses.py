from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages._chapters.training.guesses import read, write
from pages._ui.components.training_map import HANDLES, Guess

CURVES = st.none() | st.tuples(*[st.integers(-400, 100).map(lambda one: one / 100)] * HANDLES)


@given(st.sampled_from(["solves", "diverges"]), st.integers(1, 20_000), CURVES)
def test_what_is_written_is_read(outcome: str, by: int, curve: tuple[float, ...] | None) -> None:
    guess = Guess(outcome, by, curve)
    assert read(write(guess) or "") == guess


@given(CURVES)
def test_what_never_happens_has_no_update(curve: tuple[float, ...] | None) -> None:
    assert read(write(Guess("stuck", None, curve)) or "") == Guess("stuck", None, curve)


def test_nothing_and_a_guess_that_was_not_wanted_are_told_apart() -> None:
    assert (write(Guess()), write(Guess(skipped=True))) == (None, "skip")
    assert (read(""), read("skip")) == (Guess(), Guess(skipped=True))


@pytest.mark.parametrize(
    "said", ["solves", "solves_", "stuck_600", "solves_600_1_2", "Solves_1", "diverges_-3", "１", "x"]
)
def test_what_is_no_guess_is_none(said: str) -> None:
    assert read(said) is None
