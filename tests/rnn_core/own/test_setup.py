from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_core import KiokuError
from rnn_core.own.setup import PACKAGED, Setup, is_own
from rnn_core.specs import MAX_SEED, NAMED

FILES = st.sampled_from([f"file:{one}" for one in (*PACKAGED, "0f" * 32)])
VALUES = st.text("0123456789abcdef", min_size=16, max_size=16)
SETUPS = st.builds(
    Setup, FILES, st.integers(0, 999), st.booleans(), st.integers(0, MAX_SEED), st.booleans(), st.just("")
) | st.builds(Setup, FILES, st.integers(0, 999), st.booleans(), st.integers(0, MAX_SEED), st.just(False), VALUES)


@given(SETUPS)
def test_a_name_says_all_of_it_and_an_address_can_hold_it(setup: Setup) -> None:
    assert Setup.parse(setup.name) == setup
    assert re.fullmatch(NAMED, setup.name)


WRONG = (
    *("file:", "file:other", "trained", "file:silero-p", "file:silero-s9999999999"),
    *("file:silero-words-i" + "0" * 16, "file:silero-s1-p1", "file:nagisa-i12", "file:" + "0" * 63),
)


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_no_such_name_is_refused(wrong: str) -> None:
    with pytest.raises(KiokuError) as caught:
        Setup.parse(wrong)
    assert caught.value.code == "source_file"


def test_the_same_can_be_asked_of_another_file() -> None:
    assert Setup("file:silero", relu=True, seed=3).of("file:nagisa").name == "file:nagisa-relu-s3"


@pytest.mark.parametrize("value", [f"file:{'1' * 64}", f"file:{'1' * 64}-relu", f"cell~weights.file:{'1' * 64}"])
def test_a_readers_own_file_is_told_from_what_everybody_has(value: object) -> None:
    assert is_own(value)
    assert not any(map(is_own, ("file:silero", 3, None, "run:1", "file:" + "1" * 63)))
