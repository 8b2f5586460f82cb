from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_core.figures import Theme, votes
from rnn_core.messages import LANGUAGES, text
from tests.rnn_core.figures.cases import LOOKS, sound, traces

OPTIONS = ("RNN", "a <b>long</b> answer & more", "both")


def drawn(counts: tuple[tuple[int, ...], ...], right: tuple[int, ...] = (1,), lang: str = "en", theme=None):
    return sound(votes(OPTIONS, counts, right, lang=lang, theme=theme or Theme()))


@pytest.mark.parametrize("theme", LOOKS)
def test_a_bar_a_vote_and_the_measured_answer_marked(theme: Theme) -> None:
    shown = drawn(((3, 1, 0), (0, 4, 0)), theme=theme)
    first, second = traces(shown)
    assert (first["x"].tolist(), second["x"].tolist()) == ([3, 1, 0], [0, 4, 0])
    assert (second["y"] > first["y"]).all()
    names = [one["text"] for one in shown.figure["layout"]["annotations"]]
    assert names == ["RNN", "<b>✓ a &lt;b&gt;long&lt;/b&gt; answer &amp; more</b>", "both"]
    assert first["marker"]["color"] != second["marker"]["color"]
    assert list(shown.table.values()) == [OPTIONS, (3, 1, 0), (0, 4, 0)]


def test_no_bar_meets_the_name_of_the_next_answer() -> None:
    for narrow in (False, True):
        shown = drawn(((1, 1, 1), (1, 1, 1)), theme=Theme("light", 1.0, narrow))
        ends = [(at - one["width"] / 2, at + one["width"] / 2) for one in traces(shown) for at in one["y"]]
        bars = sorted(ends)
        assert all(before[1] <= after[0] for before, after in pairwise(bars))
        assert bars[0][0] >= 0
        assert bars[-1][1] <= shown.figure["layout"]["height"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_finding_counts_what_was_for_the_measurement(lang: str) -> None:
    join = text("figures.list", lang)
    assert drawn(((3, 1, 0),), lang=lang).finding == text("votes.once", lang, right=1, total=4, options=OPTIONS[1])
    assert drawn(((3, 1, 0), (0, 2, 2)), (0, 2), lang).finding == text(
        "votes.twice", lang, right=3, total=4, again=2, total_again=4, options=join.join((OPTIONS[0], OPTIONS[2]))
    )
    assert drawn(((0, 0, 0),), lang=lang).finding == text("votes.nobody", lang, options=OPTIONS[1])


@given(st.lists(st.lists(st.integers(0, 200), min_size=3, max_size=3).map(tuple), min_size=1, max_size=2))
def test_any_counts_are_drawn_whole(counts: list[tuple[int, ...]]) -> None:
    shown = drawn(tuple(counts))
    (_, end) = shown.figure["layout"]["xaxis"]["range"]
    assert all(max(row) <= end for row in counts)
    assert [one["text"] for one in traces(shown)] == [[str(count) for count in row] for row in counts]
