from __future__ import annotations

import numpy as np
import pytest

from rnn_core.figures import Theme, axes_named, state_plane
from rnn_core.figures.margins import GAP
from rnn_core.messages import LANGUAGES
from tests.rnn_core.figures.cases import LOOKS, sound, traces, unused
from tests.rnn_core.figures.readings import reading

PLANE = {
    "mean": [0.0],
    "axes": [[1.0], [0.0]],
    "explained": [0.4, 0.2],
    "cloud": [[0.0, 1.0, 0], [2.0, 1.0, 2]],
    "slow": [[0.5, 0.5, 1]],
    "searched": 120,
    "directions": 1,
    "constants": [30.0, 4.0, 3.0],
    "length": 9.5,
}
PATH = np.array([[0.0, 0.0], [1.0, 2.0], [3.0, -1.0]])
OTHER = np.array([[0.0, 0.5], [5.0, 1.0]])
JUDGED = ("none", "point", "line", "fading", "several")


def draw(judged: str = "line", lang: str = "en", theme: Theme | None = None, **changed):
    return sound(
        state_plane(
            reading((0, 2, 2)), PATH, (1, OTHER), {**PLANE, **changed}, judged, lang=lang, theme=theme or Theme()
        )
    )


@pytest.mark.parametrize("theme", LOOKS)
def test_cloud_slow_points_and_path_are_drawn_where_they_are(theme: Theme) -> None:
    cloud, slow, other, path = traces(draw(theme=theme))
    np.testing.assert_array_equal(np.column_stack([other["x"], other["y"]]), OTHER)
    np.testing.assert_array_equal(np.column_stack([cloud["x"], cloud["y"]]), [[0, 1], [2, 1]])
    np.testing.assert_array_equal(np.column_stack([slow["x"], slow["y"]]), [[0.5, 0.5]])
    np.testing.assert_array_equal(np.column_stack([path["x"], path["y"]]), PATH)
    assert path["marker"]["color"][1] == path["marker"]["color"][2] == cloud["marker"]["color"][1]
    assert path["marker"]["color"][0] == cloud["marker"]["color"][0]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_judgement_is_a_sentence_of_its_own(lang: str) -> None:
    assert len({draw(judged, lang).finding for judged in JUDGED}) == len(JUDGED)


def test_without_slow_points_there_is_no_sign_for_them() -> None:
    picture = draw("none", slow=[], constants=[], directions=0)
    assert [mark.glyph for mark in picture.legend.marks] == ["●"] * 3 + ["┄"]
    assert len(traces(picture)[1]["x"]) == 0


def test_the_axes_say_their_share() -> None:
    assert axes_named(PLANE, "en") == ("PC 1 (40%)", "PC 2 (20%)")


def test_of_one_token_nothing_is_left_and_no_dashed_path_is_drawn() -> None:
    picture = sound(state_plane(reading((1,)), PATH[:1], None, PLANE, "point", lang="ja", theme=Theme()))
    assert len(traces(picture)) == 3
    assert "┄" not in [mark.glyph for mark in picture.legend.marks]


def test_the_room_of_the_upright_axes_is_taken_once() -> None:
    assert unused(draw()) <= GAP
