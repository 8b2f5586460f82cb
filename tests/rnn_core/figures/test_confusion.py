from __future__ import annotations

import numpy as np
import pytest

from rnn_core.figures import Theme, confusion
from rnn_core.figures.feeling_kinds import kind_name
from rnn_core.figures.margins import GAP
from rnn_core.messages import LANGUAGES
from rnn_core.tasks.sentiment import FEELINGS
from tests.rnn_core.figures.cases import LOOKS, sound, traces, unused

COUNTS = [[8, 0, 2], [1, 1, 0], [0, 0, 5]]


def draw(counts=COUNTS, lang: str = "en", theme: Theme | None = None, **more):
    names = [kind_name(kind, lang) for kind in FEELINGS]
    of = np.array(counts).sum(axis=1, keepdims=True)
    shares = np.divide(counts, of, out=np.full((3, 3), np.nan), where=of > 0)
    return sound(confusion(counts, shares, names, lang=lang, theme=theme or Theme(), **more)), shares


@pytest.mark.parametrize("theme", LOOKS)
def test_colours_are_shares_and_numbers_are_counts(theme: Theme) -> None:
    picture, shares = draw(theme=theme)
    tiles, labels, targets = traces(picture)
    np.testing.assert_array_equal(tiles["z"], shares)
    assert labels["text"] == ["8", "2", "1", "1", "5"]
    assert [list(targets[axis]) for axis in "xy"] == [list(labels[axis]) for axis in "xy"]  # each number can be clicked


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_finding_is_the_mistake_with_the_largest_share(lang: str) -> None:
    said = draw(lang=lang)[0].finding
    assert "50%" in said
    assert ("neither" if lang == "en" else "どちらでもない") in said


def test_without_a_mistake_that_is_said_and_a_row_of_nothing_is_none() -> None:
    assert draw([[3, 0, 0], [0, 0, 0], [0, 0, 4]])[0].finding == "Every held-out text is told right."


def test_the_chosen_cell_is_framed() -> None:
    (frame,) = draw(chosen=(0, 2))[0].figure["layout"]["shapes"]
    assert [frame[end] for end in ("x0", "x1", "y0", "y1")] == [2.5, 3.5, 0.5, 1.5]


def test_of_digits_it_says_how_many_are_right() -> None:
    assert "2 of 3" in draw([[1, 0, 0], [1, 0, 0], [0, 0, 1]], what="digits")[0].finding


def test_the_room_of_the_upright_axes_is_taken_once() -> None:
    assert unused(draw()[0]) <= GAP
