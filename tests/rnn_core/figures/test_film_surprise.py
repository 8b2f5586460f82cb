from __future__ import annotations

import numpy as np
import pytest

from rnn_core.figures import film_surprise
from rnn_core.messages import LANGUAGES
from tests.rnn_core.figures.cases import LOOKS, sound, traces

CHANGE, SURPRISE = np.linspace(0, 1, 30), np.linspace(0.5, 0, 30)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("cuts", [((20,), (25, 28), (22,)), ((), (), ()), ((), (), (21, 23))])
def test_both_curves_are_drawn_and_the_cuts_are_marked(lang: str, cuts: tuple[tuple[int, ...], ...]) -> None:
    picture = sound(film_surprise(CHANGE, SURPRISE, 18, cuts, "gru", lang=lang, theme=LOOKS[0]))  # type: ignore[arg-type]
    change, surprise, *signs = traces(picture)
    np.testing.assert_array_equal(change["y"], CHANGE)
    np.testing.assert_array_equal(surprise["y"], SURPRISE)
    assert change["x"][0] == 2
    assert [list(one["x"]) for one in signs] == [[at + 2 for at in part] for part in cuts if part]
    assert picture.legend
    assert len(picture.legend.marks) == 2 + sum(bool(part) for part in cuts)


def test_a_still_film_has_an_axis() -> None:
    sound(film_surprise(CHANGE * 0, CHANGE * 0, 18, ((), (), ()), "rnn", lang="en", theme=LOOKS[1]))
