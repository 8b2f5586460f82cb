from __future__ import annotations

import numpy as np
import pytest

from rnn_core.figures import Theme, revealed
from rnn_core.figures.revealed import ENDS, NONE
from rnn_core.messages import LANGUAGES, text
from rnn_core.segmentation.prefixes import Revealed
from tests.rnn_core.figures.cases import LOOKS, data, sound, traces


def found(*rows: str, sentence: str = "てんきだ") -> Revealed:
    return Revealed(sentence, np.array([[sign == "1" for sign in row] for row in rows], dtype=bool))


WAITING = found("---", "1--", "01-", "001")
AT_ONCE = found("---", "0--", "00-", "001")


def draw(of: Revealed = WAITING, lang: str = "ja", theme: Theme | None = None):
    return sound(revealed(of, lang=lang, theme=theme or Theme()))


def test_each_decision_has_its_cell_once_there_is_one() -> None:
    cells, crosses = traces(draw())
    expected = [[ENDS, np.nan, np.nan], [NONE, ENDS, np.nan], [NONE, NONE, ENDS]]
    np.testing.assert_array_equal(cells["z"], np.array(expected, np.float32))
    np.testing.assert_array_equal(cells["customdata"], WAITING.ends[1:])
    assert cells["x"].tolist() == [1.5, 2.5, 3.5]
    assert cells["y"].tolist() == [2, 3, 4]
    assert sorted(zip(crosses["x"].tolist(), crosses["y"].tolist(), strict=True)) == [(1.5, 2), (2.5, 3)]


def test_the_finding_counts_and_names_what_waited_longest() -> None:
    assert draw().finding == (
        "3 か所の判断のうち 1 は、次の文字を読んだときから変わらない。最も長く待つのは「て|ん」で、"
        "あと 1 文字、「き」を読むまで決まらない。"
    )
    assert draw(AT_ONCE).finding == "3 か所の判断のうち 3 は、次の文字を読んだときから変わらない。"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_legend_explains_the_cross_only_where_there_is_one(lang: str) -> None:
    wrong = text("revealed.wrong", lang)
    assert wrong in [mark.meaning for mark in draw(lang=lang).legend.marks]
    assert wrong not in [mark.meaning for mark in draw(AT_ONCE, lang=lang).legend.marks]


def test_the_table_has_each_place() -> None:
    columns = list(draw().table.values())
    assert columns == [("て|ん", "ん|き", "き|だ"), (0, 0, 1), (3, 4, 4), (1, 1, 0)]


@pytest.mark.parametrize("steps", [2, 13, 200])
def test_any_length_is_drawn(steps: int) -> None:
    ends = np.zeros((steps, steps - 1), dtype=bool)
    assert traces(draw(Revealed("あ" * steps, ends)))[0]["z"].shape == (steps - 1, steps - 1)


@pytest.mark.parametrize("theme", LOOKS)
def test_language_and_look_change_no_number(theme: Theme) -> None:
    ja, en = (traces(draw(lang=lang, theme=theme))[0] for lang in LANGUAGES)
    np.testing.assert_array_equal(data(ja)["customdata"], data(en)["customdata"])
