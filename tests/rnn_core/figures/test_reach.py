from __future__ import annotations

import numpy as np
import pytest

from rnn_core.figures import Theme, reach
from rnn_core.figures.reach import LOW
from rnn_core.messages import LANGUAGES, text
from tests.rnn_core.figures.answers import CNN, RNN, WINDOW
from tests.rnn_core.figures.cases import GLOSSES, LOOKS, WORDS, data, sound, traces

MOVED = {
    CNN: np.array([0, 0, 0, 0.5, 1e-3, 1.0]),
    RNN: np.array([1e-9, 0, 1e-4, 0.1, 0.2, 0.9]),
    WINDOW: None,
}


def draw(moved=MOVED, chosen: int = 0, word: str = "猫", tokens=WORDS, **options):
    return sound(reach(moved, tokens, chosen, word, **({"lang": "ja", "theme": Theme()} | options)))


def test_a_cell_is_the_logarithm_and_carries_the_number_itself() -> None:
    cells = traces(draw())[0]
    np.testing.assert_array_equal(cells["customdata"][:2], [MOVED[CNN], MOVED[RNN]])
    assert np.isnan(cells["customdata"][2]).all()
    np.testing.assert_allclose(cells["z"][0, 3:], np.log10([0.5, 1e-3, 1.0]))
    assert (cells["zmin"], cells["zmax"]) == (LOW, 0)


def test_what_is_below_the_scale_is_the_floor_and_exactly_nothing_is_a_ring_on_paper() -> None:
    cells, rings, lines = traces(draw())
    assert cells["z"][1, 0] == LOW
    assert np.isnan(cells["z"][0, :3]).all()
    assert sorted(zip(rings["x"].tolist(), rings["y"].tolist(), strict=True)) == [(1, 0), (2, 0), (2, 1), (3, 0)]
    assert list(zip(lines["x"].tolist(), lines["y"].tolist(), strict=True)) == [(x, 2) for x in range(1, 7)]


def test_where_the_word_stands_already_nothing_is_shown() -> None:
    cells, rings, _ = traces(draw(word="天気"))
    assert np.isnan(cells["z"][:, 2]).all()
    assert 3 not in rings["x"]
    assert draw(word="天気", chosen=2).finding == "「天気」は替える単語と同じなので、何も変わらない。"


def test_the_finding_says_who_moves_and_who_does_not() -> None:
    assert draw().finding == (
        "「今日」（最後から 5 語前）を「猫」に替える。変化量が 10⁻⁶ 未満：RNN。ビット単位で一致：CNN（カーネル 3 語）。"
    )
    assert "→ “猫” (cat)." in draw(lang="en").finding
    assert draw(chosen=5).finding == ("「ね」（最後の単語）を「猫」に替える。確率が変わる：CNN（カーネル 3 語）・RNN。")


def test_the_chosen_word_is_framed() -> None:
    (frame,) = draw(chosen=3).figure.to_plotly_json()["layout"]["shapes"]
    assert (frame["x0"], frame["x1"]) == (3.5, 4.5)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_legend_explains_only_the_signs_that_occur(lang: str) -> None:
    refused = text("reach.refused", lang)
    assert refused in [mark.meaning for mark in draw(lang=lang).legend.marks]
    read = {spec: values for spec, values in MOVED.items() if values is not None}
    assert refused not in [mark.meaning for mark in draw(read, lang=lang).legend.marks]
    blind = text("reach.same", lang)
    assert blind in [mark.meaning for mark in draw(lang=lang).legend.marks]
    assert blind not in [mark.meaning for mark in draw({RNN: np.full(6, 0.5)}, lang=lang).legend.marks]


@pytest.mark.parametrize("steps", [1, 60])
def test_any_length_is_drawn(steps: int) -> None:
    tokens = tuple(WORDS[at % 6] for at in range(steps))
    picture = draw({RNN: np.full(steps, 0.25), WINDOW: None}, tokens=tokens)
    assert traces(picture)[0]["z"].shape == (2, steps)
    assert len(picture.table["RNN"]) == steps


@pytest.mark.parametrize("theme", LOOKS)
def test_language_and_look_change_no_number(theme: Theme) -> None:
    ja, en = (traces(draw(lang=lang, theme=theme, glosses=GLOSSES))[0] for lang in LANGUAGES)
    np.testing.assert_array_equal(ja["customdata"], en["customdata"])
    np.testing.assert_array_equal(data(ja)["z"], data(en)["z"])
