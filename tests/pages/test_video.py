"""/video: the guess is judged in place, nothing is given away before it, and the state is the address."""

from __future__ import annotations

import json

import pytest

from pages._chapters.video.strip import GUESS
from rnn_core.messages import LANGUAGES, text
from rnn_core.tasks.video.clips import ACROSS
from tests.pages.opening import at_address
from tests.pages.trying import controls, tried


def strip_of(at: object) -> dict[str, object]:
    sent = [json.loads(one.proto.json) for one in at.get("bidi_component")]  # type: ignore[attr-defined]  # of an AppTest
    return next(one[0] for one in sent if isinstance(one, list) and "rows" in one[0] and "frames" in one[0])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_given_away_before_the_guess(lang: str) -> None:
    at = at_address("video", {"lang": lang}).run()
    assert not at.exception
    found = strip_of(at)
    assert found["question"] == text("video.predict", lang)
    assert [found[key] for key in ("said", "surprise", "peak", "copy", "linear", "verdict")] == [None] * 6
    assert len(at.get("plotly_chart")) == 1  # how good all are


@pytest.mark.parametrize(("guess", "verdict"), [("12", "right"), ("13", "near"), ("4", "wrong"), ("skip", None)])
def test_a_guess_is_judged_and_drawn(guess: str, verdict: str | None) -> None:
    at = at_address("video", {"lang": "en", "motion": "hidden", GUESS: guess}).run()
    assert not at.exception
    found = strip_of(at)
    assert found["peak"] == 12
    assert (found["verdict"]["verdict"] if found["verdict"] else None) == verdict  # type: ignore[index]  # has it
    assert len(at.get("plotly_chart")) == 6


def everything(at: object) -> list[str]:
    charts = [one.proto.spec for one in at.get("plotly_chart")]  # type: ignore[attr-defined]  # of an AppTest
    drawn = [one.proto.json for one in at.get("bidi_component")]  # type: ignore[attr-defined]  # likewise
    return [*charts, *drawn]


@pytest.mark.parametrize(
    ("key", "value"),
    [("cell", "rnn"), ("motion", "change"), ("image", "8"), ("t", "5"), ("rolled", "9"), ("path", ACROSS[::-1])],
)
def test_each_control_changes_what_is_shown(key: str, value: str) -> None:
    base = {"lang": "en", GUESS: "skip"} | ({"motion": "own"} if key == "path" else {})
    before, after = (at_address("video", query).run() for query in (base, {**base, key: value}))
    assert not after.exception
    assert everything(before) != everything(after)
    assert after.query_params[key] in (value, [value])


def test_no_control_is_forgotten() -> None:
    assert controls("video") == tried(test_each_control_changes_what_is_shown) | {GUESS}
