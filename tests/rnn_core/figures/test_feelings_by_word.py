from __future__ import annotations

import numpy as np
import pytest

from rnn_core.figures import Theme, feelings_by_word
from rnn_core.messages import LANGUAGES
from rnn_core.models.sentiment import SentimentPrediction
from rnn_core.tasks.sentiment import SentimentSpec
from tests.rnn_core.figures.cases import LOOKS, data, sound, traces

WORDS = ("暖かく", "なかっ", "た")
GLOSSES = ("warm", "not", "was")
GOOD, BAD = (0.9, 0.04, 0.06), (0.01, 0.01, 0.98)


def felt(asked: str, directions: int, *rows: tuple[float, ...]) -> SentimentPrediction:
    return SentimentPrediction(
        SentimentSpec(asked=asked, directions=directions), WORDS, np.array(rows, np.float32), 7000
    )


AT_EACH = (felt("word", 1, GOOD, BAD, BAD), felt("word", 2, BAD, BAD, BAD))
AFTER = (felt("sentence", 1, BAD), felt("sentence", 2, GOOD))


def draw(lang: str = "ja", theme: Theme | None = None):
    return sound(feelings_by_word(AT_EACH, AFTER, lang=lang, theme=theme or Theme(), glosses=GLOSSES))


def test_each_network_shows_its_shares() -> None:
    for cells, one in zip(traces(draw())[:2], AT_EACH, strict=True):
        np.testing.assert_array_equal(cells["z"], one.shares.T)
        assert (cells["zmin"], cells["zmax"]) == (0, 1)
        assert cells["x"].tolist() == [1, 2, 3]


def test_the_finding_says_from_which_word_on() -> None:
    assert draw().finding == (
        "一方向は、「なかっ」からずっと「悪い」。双方向は、「暖かく」からずっと「悪い」。文末でだけ答えるよう学習したネットワークは、一方向「悪い」98%、双方向「良い」90%。"
    )
    assert "from “なかっ” (not) on" in draw("en").finding


def test_two_networks_that_disagree_at_the_last_word_are_not_called_one() -> None:
    at_the_last_word, after = draw("en").finding.split("on. Trained")
    assert "Bidirectional: “bad”" in at_the_last_word
    assert after == " to answer only at the end: Unidirectional “bad” 98%, Bidirectional “good” 90%."


def test_a_mark_stands_where_the_answer_of_one_direction_settles() -> None:
    drawn = draw("en")
    _, _, measured = traces(drawn)
    assert list(measured["x"]) == [2]
    assert len(drawn.legend.marks) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_names_of_the_networks_stand_over_their_rows_and_take_no_width(lang: str) -> None:
    layout = draw(lang).figure.to_dict()["layout"]
    assert len(layout["annotations"]) == 2
    assert layout["yaxis"]["ticktext"][:3] == layout["yaxis"]["ticktext"][3:]


@pytest.mark.parametrize("theme", LOOKS)
def test_language_and_look_change_no_number(theme: Theme) -> None:
    ja, en = (traces(draw(lang, theme))[1] for lang in LANGUAGES)
    np.testing.assert_array_equal(data(ja)["z"], data(en)["z"])
