"""What a training told is what is read back, and nothing else is read."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_core.errors import KiokuError
from rnn_core.messages import LANGUAGES
from rnn_core.training.lab import events
from rnn_core.training.lab.events import Event, as_array, from_line, to_line

COUNT = st.integers(0, 2**53)
NUMBER = st.floats()  # inf and NaN too
MAYBE = st.none() | NUMBER


def floats(most: int) -> st.SearchStrategy[tuple[float, ...]]:
    return st.lists(st.floats(width=32), max_size=min(most, 40)).map(tuple)


EVENTS = st.one_of(
    st.builds(
        events.Started,
        n=COUNT,
        spec=st.text(max_size=40),
        baseline=NUMBER,
        goal=NUMBER,
        truth=floats(events.SHOWN),
    ),
    st.builds(
        events.Point,
        n=COUNT,
        step=COUNT,
        train=MAYBE,
        loss=NUMBER,
        train_accuracy=MAYBE,
        accuracy=NUMBER,
        before=MAYBE,
        after=MAYBE,
        reach=floats(events.LONGEST),
        reach_cell=floats(events.LONGEST),
        guess=floats(events.SHOWN),
        rho=NUMBER,
        sigma=NUMBER,
    ),
    st.builds(
        events.Snapshot,
        n=COUNT,
        step=COUNT,
        states=floats(events.LONGEST),
        sha256=st.text("0123456789abcdef", min_size=64, max_size=64),
        kept=st.just(b""),
    ),
    st.builds(events.Solved, n=COUNT, step=COUNT, loss=NUMBER),
    st.builds(events.Diverged, n=COUNT, step=COUNT, loss=NUMBER, norm=NUMBER, before=MAYBE),
    st.builds(events.Finished, n=COUNT, step=COUNT),
    st.builds(events.Cancelled, n=COUNT, step=COUNT),
    st.builds(events.Failed, n=COUNT, step=COUNT, code=st.text("abc_", max_size=64)),
)


@given(event=EVENTS)
def test_a_line_is_read_back_as_the_event(event: Event) -> None:
    line = to_line(event)
    assert "\n" not in line
    assert type(from_line(line)) is type(event)
    assert to_line(from_line(line.encode())) == line


@given(event=EVENTS)
def test_a_line_is_json_that_a_browser_reads(event: Event) -> None:
    def refuse(name: str) -> None:
        raise AssertionError(f"{name} is no JSON")

    assert json.loads(to_line(event), parse_constant=refuse)["kind"] == event.kind


@given(event=EVENTS, data=st.data())
def test_a_torn_line_is_refused(event: Event, data: st.DataObject) -> None:
    line = to_line(event)
    with pytest.raises(KiokuError):
        from_line(line[: data.draw(st.integers(0, len(line) - 1))])


SOUND = to_line(events.Solved(n=3, step=40, loss=0.5))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "line",
    [
        "null",
        "[]",
        "{}",
        b"\xff\xfe",
        SOUND.replace("solved", "won"),
        SOUND.replace('"n":3', '"n":-3'),
        SOUND.replace('"n":3', '"n":"3"'),
        SOUND.replace('"n":3', '"n":3,"who":"me"'),
        SOUND.replace("0.5", '"much"'),
        SOUND.replace("0.5", "null"),
        '{"kind":"started","n":0,"spec":"","baseline":1,"goal":1,"truth":"AAA"}',
        '{"kind":"started","n":0,"spec":"","baseline":1,"goal":1,"truth":"AAAAAAA="}',
        '{"kind":"started","n":0,"spec":"","baseline":1,"goal":1,"truth":"' + "AAAA" * 44 + '"}',
        '{"kind":"snapshot","n":0,"step":0,"states":"","sha256":"0"}',
    ],
)
def test_what_is_no_event_is_refused(line: str | bytes, lang: str) -> None:
    with pytest.raises(KiokuError) as caught:
        from_line(line)
    assert caught.value.text(lang)


def test_inf_and_nan_have_names_of_their_own() -> None:
    told = from_line(to_line(events.Diverged(n=1, step=2, loss=math.inf, norm=math.nan, before=-math.inf)))
    assert (told.loss, told.before, math.isnan(told.norm)) == (math.inf, -math.inf, True)


def test_numbers_are_those_of_float32() -> None:
    states = np.linspace(-1, 1, 6).reshape(3, 2)
    told = from_line(to_line(events.Snapshot(n=0, step=0, states=states, sha256="0" * 64)))
    np.testing.assert_array_equal(as_array(told.states, 2), states.astype(np.float32))
    assert events.Started(n=0, spec="", baseline=1.0, goal=1.0, truth=[1e300]).truth == (math.inf,)


def test_what_can_be_gone_on_with_is_no_part_of_the_line() -> None:
    event = events.Snapshot(n=0, step=0, states=(), sha256="0" * 64, kept=b"secret")
    assert "kept" not in to_line(event)
    assert from_line(to_line(event)).kept == b""
