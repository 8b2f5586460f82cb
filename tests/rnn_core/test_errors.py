"""The one error: a ValueError with a code, kept values and a text in both languages."""

from __future__ import annotations

import pickle

import pytest

import rnn_core as rc


def test_it_is_a_value_error_and_says_the_same_in_both_languages() -> None:
    error = rc.KiokuError("clamp_range", field="units", given=0, last=4)
    assert isinstance(error, ValueError)
    assert str(error) == error.text("en") == "units: 0 was asked for; the last number here is 4. Choose from 0 to 4."
    assert "units" in error.text("ja")
    assert "0" in error.text("ja")


@pytest.mark.parametrize("given", [0, "", None])
def test_empty_values_appear_as_given(given) -> None:
    assert str(given) in rc.KiokuError("clamp_value", quantity="kept", given=repr(given)).text("ja")


def test_it_survives_pickling() -> None:
    error = pickle.loads(pickle.dumps(rc.KiokuError("unknown_cell", given="x", known="rnn")))
    assert (error.code, error.values) == ("unknown_cell", {"given": "x", "known": "rnn"})


def test_an_unknown_code_is_a_mistake_of_ours() -> None:
    with pytest.raises(LookupError):
        rc.KiokuError("no_such_code")
