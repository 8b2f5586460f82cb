from __future__ import annotations

import numpy as np
import pytest

from rnn_core.figures import Theme, segmentations
from rnn_core.figures.segmentations import CHANGED, SAME
from rnn_core.messages import LANGUAGES, text
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


def test_the_finding_tells_zeroed_from_isolated() -> None:
    assert draw().finding == (
        "ゼロにすると、「今日|は」が「今|日は」に変わる。後ろの状態を使わないだけなら、何も変わらない。ゼロにしたときの変化は、別の原因による。"
    )
    assert draw(off=WORDS).finding == "ゼロにしても、どの単語も変わらない。後ろの状態を使わなくても、変わらない。"
    assert draw(alone=OTHER).finding == "ゼロにしても、後ろの状態を使わないだけでも、「今日|は」が「今|日は」に変わる。"
    assert draw(off=WORDS, alone=OTHER).finding.endswith("後ろの状態を使わないと、「今日|は」が「今|日は」に変わる。")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("off", "alone"), [(WORDS, WORDS), (WORDS, OTHER), (OTHER, WORDS), (OTHER, OTHER)])
def test_it_is_never_said_that_no_later_character_is_known(
    lang: str, off: tuple[str, ...], alone: tuple[str, ...]
) -> None:
    """The inputs hold the features of neighbours, and of dictionary words of up to 8 characters."""
    picture = draw(off, alone, lang)
    said = picture.finding + "".join(note["text"] for note in picture.figure.to_plotly_json()["layout"]["annotations"])
    assert "later character" not in said
    assert "後ろの文字" not in said


@pytest.mark.parametrize("guess", [None, 0, 3])
def test_the_guess_stands_over_its_word_in_the_row_of_its_own_half(guess: int | None) -> None:
    picture = draw(guess=guess)
    marks = [trace for trace in traces(picture) if trace.get("name") == "guess"]
    assert [trace["x"] for trace in marks] == ([] if guess is None else [[{0: 1.5, 3: 5.5}[guess]]])
    assert all(-0.5 < trace["y"][0] < 0 for trace in marks)
    assert (text("segmentations.guess", "ja") in [mark.meaning for mark in picture.legend.marks]) is bool(marks)


def test_readers_of_english_find_readings_in_the_finding_and_the_table() -> None:
    own, off = segmentation(("てんき", "です")), segmentation(("て", "んきです"), "off")
    picture = segmentations({"own": own, "off": off}, lang="en", theme=Theme())
    assert picture.finding == "Zeroed: “てんき|です” (tenki|desu) becomes “て|んきです” (te|nkidesu)."
    assert picture.table["reading or meaning"] == ("tenki | desu", "te | nkidesu")


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
