from __future__ import annotations

import numpy as np
import pytest

import rnn_core as rc
from rnn_core.figures import Theme, influence_side
from rnn_core.figures.influence_sides import SIDES, side_decades
from rnn_core.messages import LANGUAGES, text
from tests.rnn_core.figures.cases import LOOKS, data, sound, traces

SENTENCE = "くるまで"
VALUES = 10.0 ** np.random.default_rng(0).uniform(-1.5, 1.2, (4, 4))
MAPS = {"forward": np.tril(VALUES), "backward": np.triu(VALUES), "scores": VALUES}


def draw(side="scores", values=None, sentence: str = SENTENCE, lang: str = "ja", theme: Theme | None = None):
    made = MAPS[side] if values is None else values
    return sound(influence_side(side, made, sentence, lang=lang, theme=theme or Theme()))


@pytest.mark.parametrize("side", SIDES)
def test_the_colour_is_the_logarithm_and_carries_the_number(side: str) -> None:
    cells = traces(draw(side))[0]
    np.testing.assert_array_equal(cells["customdata"], MAPS[side])
    shown = MAPS[side] > 0
    np.testing.assert_allclose(cells["z"][shown], np.log10(VALUES[shown]), rtol=1e-6)
    assert np.isnan(cells["z"][~shown]).all()
    assert (cells["zmin"], cells["zmax"]) == side_decades(4)


def test_what_has_not_been_read_is_bare_and_no_sign() -> None:
    for side in ("forward", "backward"):
        assert not traces(draw(side))[1]["x"].size
        assert text("influence_sides.bare", "ja") in [mark.meaning for mark in draw(side).legend.marks]
    assert draw().legend.marks == ()


def test_what_is_zero_where_it_need_not_be_is_a_ring() -> None:
    values = VALUES.copy()
    values[3, 0] = 0.0
    rings = traces(draw(values=values))[1]
    assert (rings["x"].tolist(), rings["y"].tolist()) == ([1], [4])


def test_the_findings_say_how_far_and_to_which_side() -> None:
    values = np.array([[4.0, 0, 0, 0], [0, 4, 0, 0], [0, 0, 4, 0], [0.25, 0, 0, 8]])
    assert draw("forward", values).finding == "最後の行：「で」の影響は 8.00、「く」の影響は 0.25。"
    assert draw("backward", values.T).finding == "最初の行：「く」の影響は 4.00、「で」の影響は 0.25。"
    both = np.full((4, 4), 1.0) + np.tril(np.full((4, 4), 2.0), -1)
    assert draw(values=both).finding == "文字の組で足し合わせたノルムは、前の入力から 75%、後ろの入力から 25%。"


def test_a_side_that_weighs_nearly_nothing_is_not_said_to_be_nothing() -> None:
    both = np.full((4, 4), 1.0) + np.tril(np.full((4, 4), 2000.0), -1)
    assert draw(values=both).finding == "文字の組で足し合わせたノルムは、前の入力から > 99%、後ろの入力から < 1%。"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_where_nothing_comes_from_other_characters_no_share_is_said(lang: str) -> None:
    assert draw(values=np.eye(4), lang=lang).finding == text("influence_sides.neither", lang)


def test_another_number_of_characters_is_refused() -> None:
    with pytest.raises(rc.KiokuError) as error:
        influence_side("scores", VALUES, "くる", lang="ja", theme=Theme())
    assert error.value.code == "figure_words"


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("steps", [1, 12, 13, 200])
def test_any_length_is_drawn_on_a_scale_of_its_length(side: str, steps: int) -> None:
    values = np.full((steps, steps), 1e-30)
    picture = draw(side, values, "あ" * steps)
    cells = traces(picture)[0]
    assert cells["z"].shape == (steps, steps)
    assert cells["zmin"] == side_decades(steps)[0]
    assert picture.legend.low.startswith("≤")


@pytest.mark.parametrize("theme", LOOKS)
def test_language_and_look_change_no_number(theme: Theme) -> None:
    ja, en = (traces(draw(lang=lang, theme=theme))[0] for lang in LANGUAGES)
    np.testing.assert_array_equal(data(ja)["z"], data(en)["z"])
