from __future__ import annotations

from types import MappingProxyType
from typing import cast

import pytest

from pages._chapters.music import LINES
from pages._chapters.music.settings import CONTRASTS, network
from pages._ui.shell import View
from rnn_core.tasks.music.melodies import MOST_GIVEN, find_melody, split


def test_the_network_is_the_one_of_the_cell() -> None:
    class Shown:
        state = MappingProxyType({"cell": "gru"})

    assert network(cast("View", Shown)).name == "music-gru-96-seed0"


@pytest.mark.parametrize("name", LINES)
def test_a_line_that_is_offered_was_never_learned_and_ends_its_phrase(name: str) -> None:
    line = find_melody(name)
    assert line in split().test
    assert len(line.first_phrase) - 1 in line.ends
    assert len(line.first_phrase) < MOST_GIVEN


def test_the_line_in_minor_is() -> None:
    (minor,) = (one.sets["begins"] for one in CONTRASTS if one.name == "minor")
    assert find_melody(str(minor)).notes[-1].pitch % 12 in (9, 4)
