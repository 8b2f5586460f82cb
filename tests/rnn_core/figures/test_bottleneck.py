from __future__ import annotations

import numpy as np
import pytest

from rnn_core import KiokuError
from rnn_core.figures import Counts, Theme, accuracy_by_kanji, bottleneck
from rnn_core.figures.theme import LINES
from rnn_core.messages import text
from rnn_core.statistics import intervals
from tests.rnn_core.figures.cases import LOOKS, data, sound, traces

LENGTHS = (1, 2, 3, 4, 5, 6)
LOOK = Theme()
PLAIN = Counts("none", LENGTHS, (280, 60, 8, 0, 0, 0), (300,) * 6)
ADDITIVE = Counts("additive", LENGTHS, (298, 290, 280, 270, 200, 2), (300,) * 6, style=1)
DOT = Counts("dot", LENGTHS, (297, 285, 276, 262, 30, 0), (300,) * 6, style=2)
ALL = (PLAIN, ADDITIVE, DOT)
UPDATES = (5200, 2600, 3400)


def drawn(picture) -> dict[str, dict]:
    return {trace["name"]: trace for trace in traces(picture)}


@pytest.mark.parametrize("theme", LOOKS)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_lines_are_the_shares_and_bands_their_intervals(theme: Theme, lang: str) -> None:
    picture = sound(bottleneck(ALL, 4, "names", UPDATES, lang=lang, theme=theme))
    shown = traces(picture)
    for one, band, line in zip((DOT, ADDITIVE, PLAIN), shown[::2], shown[1::2], strict=True):
        np.testing.assert_array_equal(line["y"], np.array(one.right) / 300)
        np.testing.assert_array_equal(line["customdata"], np.stack([one.right, one.total], axis=1))
        low, high = intervals.wilson(one.right, one.total)
        np.testing.assert_array_equal(band["y"], np.concatenate([high, low[::-1]]))
        assert line["line"]["color"] == band["fillcolor"]
        np.testing.assert_allclose(picture.table[one.name], line["y"], atol=5e-5)
    assert len({(line["line"]["color"], line["line"]["dash"], line["marker"]["symbol"]) for line in shown[1::2]}) == 3
    assert picture.figure.layout.yaxis.range[0] < 0 < 1 < picture.figure.layout.yaxis.range[1]


def test_what_is_longer_than_trained_is_tinted_and_named() -> None:
    picture = bottleneck(ALL, 4, "names", UPDATES, lang="en", theme=LOOK)
    (tint,) = picture.figure.layout.shapes
    assert (tint.x0, tint.x1) == (4.5, 6.5)
    assert any("longer than in training" in note.text for note in picture.figure.layout.annotations)
    whole = bottleneck(ALL, 6, "names", UPDATES, lang="en", theme=LOOK)
    assert not whole.figure.layout.shapes
    assert not any("longer than in training" in note.text for note in whole.figure.layout.annotations)


def test_the_finding_says_the_longest_trained_and_the_longest() -> None:
    finding = bottleneck(ALL, 4, "names", UPDATES, lang="en", theme=LOOK).finding
    for said in ("At 4", "none 0%", "additive 90%", "dot 87%", "At 6", "additive 1%", "dot 0%"):
        assert said in finding


def test_what_is_longest_in_training_is_not_said_of_a_length_below() -> None:
    """Of the longest inputs in training too few may be held out to be counted."""
    shorter = [Counts(one.name, (1, 2, 3), one.right[:3], one.total[:3], one.style) for one in ALL]
    finding = bottleneck(shorter, 4, "words", UPDATES, lang="en", theme=LOOK).finding
    assert finding == "At 3 words: none 3%, additive 93%, dot 92%."


@pytest.mark.parametrize("updates", [(9000, 2800, 4200), (200, 200, 200)])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_trainings_of_their_own_length_are_told_one_by_one(lang: str, updates: tuple[int, ...]) -> None:
    method = bottleneck(ALL, 4, "words", updates, lang=lang, theme=LOOK).method
    for one, number in zip(ALL, updates, strict=True):
        assert f"{one.name} {number:,}" in method


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("unit", ["words", "names"])
def test_each_task_has_its_unit_its_counts_and_its_training(lang: str, unit: str) -> None:
    picture = sound(bottleneck(ALL, 4, unit, UPDATES, lang=lang, theme=LOOK))
    axis = picture.figure.layout.xaxis
    assert text(f"bottleneck.axis.{unit}", lang) in axis.title.text
    assert axis.ticktext[2] == "3<br>300"
    assert "none 5,200" in picture.method
    assert text(f"bottleneck.axis.{unit}", lang) in picture.table
    assert not any("<br>" in name for name in picture.table)


def test_shares_have_few_digits_in_the_table() -> None:
    counted = Counts("none", (1, 2), (1, 2), (3, 3))
    table = bottleneck([counted], 2, "words", [1], lang="en", theme=LOOK).table
    assert table["none"] == (0.3333, 0.6667)


def test_a_guess_is_off_by_what_it_differs_after_the_length_that_was_given() -> None:
    assert PLAIN.off(PLAIN.shares) == 0
    counted = Counts("none", (1, 2, 3), (9, 5, 1), (10, 10, 10))
    assert counted.off([0.1, 0.7, 0.1]) == pytest.approx(0.1)


def test_a_guess_lies_under_the_lines_on_the_same_axis() -> None:
    guess = [0.93, 0.5, 0.4, 0.2, 0.1, 0.0]
    first = traces(bottleneck(ALL, 4, "names", UPDATES, lang="ja", theme=LOOK, guess=guess))[0]
    np.testing.assert_array_equal(first["y"], guess)
    np.testing.assert_array_equal(first["x"], LENGTHS)
    assert len(drawn(bottleneck(ALL, 4, "names", UPDATES, lang="ja", theme=LOOK))) == 4  # the bands share a name


def test_the_length_of_the_reader_is_marked() -> None:
    marked = [
        shape.x0 for shape in bottleneck(ALL, 6, "names", UPDATES, lang="ja", theme=LOOK, chosen=3).figure.layout.shapes
    ]
    assert marked == [3]
    assert not bottleneck(ALL, 6, "names", UPDATES, lang="ja", theme=LOOK, chosen=9).figure.layout.shapes


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_kanji_are_counted_and_the_worst_is_named(lang: str) -> None:
    counted = Counts("additive", (1, 2, 3), (110, 660, 780), (1000, 1000, 1000), style=1)
    picture = sound(accuracy_by_kanji([counted], lang=lang, theme=LOOK, chosen=2))
    assert picture.key == "accuracy_by_kanji"
    for said in ("3,000", "52", "11"):
        assert said in picture.finding
    assert drawn(picture)["additive"]["line"]["color"] == LINES["light"][2]


def test_how_many_names_there_are_stands_under_their_length() -> None:
    counted = Counts("additive", (1, 4), (3, 1), (15, 1), style=1)
    labels = accuracy_by_kanji([counted], lang="en", theme=LOOK).figure.layout.xaxis.ticktext
    assert list(labels) == ["1<br>15", "4<br>1"]


def test_a_length_without_inputs_is_a_gap() -> None:
    counted = Counts("additive", (1, 2), (1, 0), (2, 0), style=1)
    assert np.isnan(counted.shares[1])
    sound(accuracy_by_kanji([counted], lang="en", theme=LOOK))


def test_the_language_changes_words_only() -> None:
    ja, en = (bottleneck(ALL, 4, "names", UPDATES, lang=lang, theme=LOOK) for lang in ("ja", "en"))
    assert [data(trace) for trace in traces(ja)] == [data(trace) for trace in traces(en)]


@pytest.mark.parametrize("right", [(1,), ()])
def test_counts_of_other_lengths_are_refused(right: tuple[int, ...]) -> None:
    with pytest.raises(KiokuError):
        Counts("none", (1, 2) if right else (), right, right)
