from __future__ import annotations

import numpy as np
import pytest

from rnn_core.figures import Theme, feelings
from rnn_core.figures.feelings import APART
from rnn_core.figures.margins import GAP
from rnn_core.messages import LANGUAGES, text
from rnn_core.tasks.sentiment import Count, Worth
from tests.rnn_core.figures.cases import LOOKS, data, sound, traces, unused


def worth(directions: int, sentence: tuple[int, ...], places: tuple[tuple[int, ...], ...], of: int = 100) -> Worth:
    return Worth(
        directions,
        7000 + directions,
        tuple(Count(right, of) for right in sentence),
        tuple(Count(sum(seed), 100 * len(seed)) for seed in places),
        tuple(tuple(Count(right, 100) for right in seed) for seed in places),
    )


ONE = worth(1, (90, 96, 93), ((90, 60), (92, 64), (91, 62)))
TWO = worth(2, (92, 95, 92), ((91, 95), (93, 97), (92, 96)))


def draw(lang: str = "ja", theme: Theme | None = None):
    return sound(feelings((ONE, TWO), 0.54, lang=lang, theme=theme or Theme()))


def test_the_lines_are_the_means_and_the_bands_the_seeds_intervals() -> None:
    line, band, after, other, *_ = traces(draw())
    np.testing.assert_allclose(line["y"], [0.91, 0.62])
    np.testing.assert_allclose(line["x"], [0, -1])
    ends = [
        Count(90, 100).interval[0],
        Count(60, 100).interval[0],
        Count(64, 100).interval[1],
        Count(92, 100).interval[1],
    ]
    np.testing.assert_allclose(band["y"], ends)
    assert after["y"].tolist() == pytest.approx([0.93])
    assert after["x"][0] == pytest.approx(APART, abs=0.2)
    highest, lowest = Count(96, 100).interval[1], Count(90, 100).interval[0]
    drawn = (after["error_y"]["array"][0], after["error_y"]["arrayminus"][0])
    assert drawn == pytest.approx((highest - 0.93, 0.93 - lowest))
    np.testing.assert_allclose(other["y"], [0.92, 0.96])
    assert (line["text"], after["text"]) == (["91.0%", "62.0%"], ["93.0%"])


def test_a_share_that_falls_short_of_all_is_not_said_to_be_all() -> None:
    nearly = worth(2, (9999, 9999, 9999), ((91, 95), (93, 97), (92, 96)), of=10000)
    picture = feelings((ONE, nearly), 0.5, lang="en", theme=Theme())
    assert "bidirectional > 99.9%" in picture.finding
    assert "> 99.9%" in [trace["text"][0] for trace in traces(picture) if trace.get("text")]


def test_the_finding_gives_the_intervals_and_where_both_differ_most() -> None:
    assert draw("en").finding == (
        "After the sentence: unidirectional 93.0% (82.6–98.4%), bidirectional 93.0% (85.0–97.8%); the "
        "intervals overlap. At a word with 1 still to come: unidirectional 62.0% (50.2–72.7%), bidirectional "
        "96.0% (88.8–99.0%)."
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_equal_networks_are_not_said_to_differ_anywhere(lang: str) -> None:
    twin = worth(2, (90, 96, 93), ((90, 60), (92, 64), (91, 62)))
    finding = feelings((ONE, twin), 0.5, lang=lang, theme=Theme()).finding
    assert finding.endswith(text("feelings.finding.equal", lang))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_a_lot_and_the_commonest_answer_are_worth_is_in_the_picture(lang: str) -> None:
    written = [note["text"] for note in draw(lang).figure.to_dict()["layout"]["annotations"]]
    assert written == [text("feelings.chance", lang, share="33%"), text("feelings.majority", lang, share="54%")]


def test_sizes_and_intervals_are_there() -> None:
    picture = draw("en")
    assert "7,001 and 7,002" in picture.method
    table = picture.table
    assert len(table["seed"]) == 12
    assert not any("<" in str(value) for column in table.values() for value in column)
    row = next(k for k in range(12) if (table["correct"][k], table["of"][k]) == (96, 100))
    assert (table["95% from"][row], table["95% to"][row]) == tuple(round(end, 4) for end in Count(96, 100).interval)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_intervals_that_do_not_meet_are_not_said_to_overlap(lang: str) -> None:
    apart = worth(2, (1000, 1000, 1000), ((91, 95), (93, 97), (92, 96)), of=1000)
    finding = feelings((ONE, apart), 0.5, lang=lang, theme=Theme()).finding
    assert ("overlap" in finding, "区間は重なる" in finding) == (False, False)
    assert "100.0%" in finding


@pytest.mark.parametrize("theme", LOOKS)
def test_language_and_look_change_no_number(theme: Theme) -> None:
    ja, en = (traces(draw(lang, theme))[0] for lang in LANGUAGES)
    np.testing.assert_array_equal(data(ja)["y"], data(en)["y"])


def test_the_room_of_the_upright_axes_is_taken_once() -> None:
    assert unused(draw()) <= GAP
