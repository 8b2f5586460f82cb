from __future__ import annotations

import pytest

from rnn_core.speech.facts import CHANGES
from tests.pages.voting import asked


@pytest.mark.parametrize(("held", "wanted"), [("1", "more"), ("0", "fewer")])
def test_what_is_measured_is_among_four_answers(held: str, wanted: str) -> None:
    found = asked("speech", held=held)
    assert found
    assert found.right == (CHANGES.index(wanted),)
    assert found.size == len(CHANGES)


@pytest.mark.parametrize("sound", ["silence", "own"])
def test_where_nothing_is_heard_nothing_is_asked(sound: str) -> None:
    assert asked("speech", sound=sound) is None
