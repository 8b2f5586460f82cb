from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages._chapters.gradients.guess import AXES, MOST, NOTCH, SHAPE, axis, places
from rnn_core.messages import LANGUAGES, text
from rnn_core.models.sentence_spec import continued
from rnn_core.models.sentence_way import find_way
from tests.pages.reading import drawing
from tests.pages.test_gradients import WORDS, spec

if TYPE_CHECKING:
    from tests.pages.conftest import Open

DRAWN = "-10_-8_-6_-4_-2"


@given(st.integers(0, 199))
def test_the_rings_run_from_the_first_word_and_the_loss_has_none(at: int) -> None:
    found = places(at)
    assert len(set(found)) == len(found) == min(MOST, at + 1) - 1
    assert not found or (found[0] == 0 and found[-1] < at)


@pytest.mark.parametrize("said", ["-1", "-16.5_-3", "_".join(["0"] * 12)])
def test_what_the_drawing_writes_is_read(said: str) -> None:
    assert SHAPE.fullmatch(said)


@pytest.mark.parametrize("said", ["", "abc", "1_", "_1", "nan", "1e3", "--1", "１", "_".join(["0"] * 13), "1" * 4])
def test_what_is_no_curve_is_not(said: str) -> None:
    assert not SHAPE.fullmatch(said)


@pytest.mark.parametrize(("words", "most"), [(1, 12), (12, 12), (13, 60), (60, 60), (61, 200), (200, 200)])
def test_the_axis_depends_on_the_words_and_on_what_may_grow(words: int, most: int) -> None:
    assert (axis(words, grows=False), axis(words, grows=True)) == AXES[most]


def test_a_ring_can_reach_both_ends_and_each_end_is_written() -> None:
    for one in (one for pair in AXES.values() for one in pair):
        assert one.low < 0 < one.top
        assert all(SHAPE.fullmatch(f"{end:g}") for end in (one.low, one.top, one.low + one.unit))


@pytest.mark.parametrize(("cell", "length"), [("rnn", "once"), ("lstm", "once"), ("gru", "60"), ("rnn", "60")])
def test_a_curve_that_ends_where_it_was_measured_is_right_and_far_from_it_is_not(
    open_page: Open, cell: str, length: str
) -> None:
    words = continued(WORDS, len(WORDS) if length == "once" else int(length))
    left, unit = find_way(spec(cell, words)).way.decades[0], axis(len(words), grows=False).unit
    nearest = round(left / unit) * unit
    for off, judged in ((0, "right"), (NOTCH, "near"), (3 * NOTCH, "wrong")):
        at = open_page(page="gradients", lang="en", length=length, whose=cell, curve=f"{nearest + off * unit:g}_-1")
        said = drawing(at, "gradient_trails")["answer"]
        assert (said["cell"], said["verdict"]) == (cell, judged), (off, said)


def test_a_guess_of_nothing_left_is_right_where_nothing_is(open_page: Open) -> None:
    at = open_page(page="gradients", rho="0", curve="-30_-20")
    assert drawing(at, "gradient_trails")["answer"]["verdict"] == "right"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_cannot_be_read_is_said_and_asked_again(open_page: Open, lang: str) -> None:
    at = open_page(page="gradients", lang=lang, curve="abc")
    assert [one.value for one in at.warning] == [text("gradients.no_curve", lang, given="`abc`")]
    assert at.session_state["curve"] == drawing(at, "gradient_trails")["answer"]["curve"] == ""


@pytest.mark.parametrize(
    "other",
    [
        {"text": "今日は暑い"},
        {"length": "once"},
        {"rho": "0.5"},
        {"weights": "fresh"},
        {"hidden": "8"},
        {"act": "relu"},
        {"start": "identity"},
        {"fbias": "2.0"},
        {"loss": "unit"},
    ],
)
def test_with_other_settings_the_curve_is_asked_again(open_page: Open, other: dict[str, str]) -> None:
    at = open_page(page="gradients", lang="en", curve=DRAWN)
    assert drawing(at, "gradient_trails")["answer"]["verdict"] == "wrong"
    for key, value in other.items():
        at.query_params[key] = value
    at.run()
    assert at.session_state["curve"] == ""
    assert at.query_params["curve"] in ("", [""])
    drawn = drawing(at, "gradient_trails")
    assert (drawn["answer"]["curve"], drawn["at"]["step"]) == ("", len(drawn["words"]))


@pytest.mark.parametrize("other", [{"theta": "1.0"}, {"t": "7"}])
def test_clipping_and_the_place_leave_the_guess(open_page: Open, other: dict[str, str]) -> None:
    at = open_page(page="gradients", curve=DRAWN, **other)
    assert drawing(at, "gradient_trails")["answer"]["curve"] == DRAWN
