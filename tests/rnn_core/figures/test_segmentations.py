from __future__ import annotations

import numpy as np
import pytest

from rnn_core.figures import Theme, segmentations
from rnn_core.figures.segmentations import CHANGED, SAME
from rnn_core.messages import LANGUAGES
from rnn_core.segmentation.tags import LATER
from tests.rnn_core.figures.cases import LOOKS, data, sound, traces
from tests.rnn_core.figures.segmented import WORDS, segmentation

OTHER = ("今", "日は", "\u3000", "いい", "ね")


def draw(off=OTHER, alone=WORDS, lang: str = "ja", theme: Theme | None = None, **options):
    found = {"own": segmentation(), "off": segmentation(off, "off"), "alone": segmentation(alone, "alone")}
    return sound(segmentations(found, lang=lang, theme=theme or Theme(), **options))


def test_what_is_divided_otherwise_stands_out_and_all_ends_are_there() -> None:
    cells = traces(draw())[0]
    assert cells["z"].tolist() == [
        [pytest.approx(SAME)] * 7,
        [pytest.approx(CHANGED)] * 3 + [pytest.approx(SAME)] * 4,
        [pytest.approx(SAME)] * 7,
    ]
    assert cells["customdata"].tolist() == [[0, 1, 1, 1, 0, 1, 1], [1, 0, 1, 1, 0, 1, 1], [0, 1, 1, 1, 0, 1, 1]]
    assert cells["x"].tolist() == list(range(1, 8))


def test_each_word_has_an_outline() -> None:
    shapes = draw().figure.to_plotly_json()["layout"]["shapes"]
    rows = [[(shape["x0"], shape["x1"]) for shape in shapes if round(shape["y1"]) == row] for row in range(3)]
    assert rows[0] == [(0.5, 2.5), (2.5, 3.5), (3.5, 4.5), (4.5, 6.5), (6.5, 7.5)]
    assert rows[1][:2] == [(0.5, 1.5), (1.5, 3.5)]


def test_the_finding_tells_shut_off_from_blind() -> None:
    assert draw().finding == (
        "ゼロにすると、「今日|は」が「今|日は」に変わる。この文では、後ろの文字が見えないだけなら何も変わらない。ゼロにしたときの変化は、別の原因による。"
    )
    assert draw(off=WORDS).finding == ("ゼロにしても、どの単語も変わらない。後ろの文字が見えなくても、変わらない。")
    assert "「て" not in draw(alone=OTHER).finding
    assert draw(alone=OTHER).finding.endswith("後ろの文字が見えないだけでも、「今日|は」が「今|日は」に変わる。")
    assert draw(guess="当たり。").finding.startswith("当たり。ゼロにすると")


def test_no_more_than_three_changes_are_quoted() -> None:
    own, off = segmentation(("ああ",) * 5), segmentation(("あ",) * 10, "off")
    finding = segmentations({"own": own, "off": off}, lang="ja", theme=Theme()).finding
    assert finding.count("「ああ」") == 3
    assert "ほか 2 か所" in finding


def test_there_is_a_legend_only_where_something_changes() -> None:
    assert draw().legend is not None
    assert draw(off=WORDS).legend is None


@pytest.mark.parametrize("steps", [1, 41, 200])
def test_any_length_is_drawn_and_only_short_ones_are_written(steps: int) -> None:
    found = {later: segmentation(("あ",) * steps, later) for later in LATER}
    picture = sound(segmentations(found, lang="en", theme=Theme()))
    assert traces(picture)[0]["z"].shape == (5, steps)
    assert (len(traces(picture)) == 2) is (steps <= 40)


@pytest.mark.parametrize("theme", LOOKS)
def test_language_and_look_change_no_number(theme: Theme) -> None:
    ja, en = (traces(draw(lang=lang, theme=theme))[0] for lang in LANGUAGES)
    np.testing.assert_array_equal(data(ja)["z"], data(en)["z"])
    np.testing.assert_array_equal(data(ja)["customdata"], traces(draw())[0]["customdata"])
