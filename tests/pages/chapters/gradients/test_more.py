from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from pages._chapters.gradients.more import GUESSES
from rnn_core.gradients import cliff
from rnn_core.messages import LANGUAGES, text
from rnn_core.training.clipping import ClippingSpec, run
from tests.pages.reading import charts, html, keys

if TYPE_CHECKING:
    from tests.pages.conftest import Open

ASKS = {"explode": "guess_growth", "clip": "guess_clipping", "cliff": "guess_cliff"}
SKIPPED = {control: "skip" for control in ASKS.values()}
PARTS = {
    "none": [],
    "explode": ["gradient_norms_relu", "gradient_norms_tanh"],
    "clip": ["training_loss", "clipping"],
    "cliff": ["cliff"],
}


@pytest.mark.parametrize("part", PARTS)
def test_only_what_is_open_is_there(open_page: Open, part: str) -> None:
    at = open_page(page="gradients", part=part, **SKIPPED)
    assert keys(at)[7:] == PARTS[part]


def test_the_two_networks_are_drawn_on_one_axis(open_page: Open) -> None:
    at = open_page(page="gradients", part="explode", **SKIPPED)
    relu, tanh = (
        next(trace["customdata"] for trace in charts(at, f"chart_gradient_norms_{name}") if "line" in trace)
        for name in ("relu", "tanh")
    )
    assert relu[9] >= 100 * relu[59]
    assert tanh[0] < tanh[59]


@pytest.mark.parametrize(("clip", "limit"), [("norm", 1.0), ("norm", 0.1), ("value", 2.0)])
def test_the_training_is_the_one_that_the_reader_chose(open_page: Open, clip: str, limit: float) -> None:
    at = open_page(page="gradients", part="clip", clip=clip, limit=str(limit), **SKIPPED)
    course = run(ClippingSpec(clip=clip, threshold=limit))
    drawn = [trace["customdata"] for trace in charts(at, "chart_training_loss") if "line" in trace]
    assert any(len(values) == len(course.loss) and np.array_equal(values, course.loss) for values in drawn)


def test_the_descent_begins_where_the_reader_put_it(open_page: Open) -> None:
    at = open_page(page="gradients", part="cliff", w0="2", b0="-0.2", cap="0.2", **SKIPPED)
    ways = [trace for trace in charts(at, "chart_cliff") if trace.get("mode") == "lines+markers"]
    want = cliff.descend((2.0, -0.2), limit=0.2)
    assert all((way["x"][0], way["y"][0]) == (2.0, -0.2) for way in ways)
    assert any(len(way["x"]) > 2 and way["x"][2] == want.w[2] for way in ways)


def test_a_descent_without_a_step_stays_where_it_began(open_page: Open) -> None:
    at = open_page(page="gradients", part="cliff", cap="0", **SKIPPED)
    assert not at.error
    ways = [way for way in charts(at, "chart_cliff") if way.get("mode") == "lines+markers"]
    assert any(np.ptp(way["x"]) == np.ptp(way["y"]) == 0 for way in ways)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("part", "control"), ASKS.items())
def test_each_part_asks_first_and_shows_then(open_page: Open, lang: str, part: str, control: str) -> None:
    at = open_page(page="gradients", lang=lang, part=part)
    charts_before = len(at.get("plotly_chart"))
    assert text(f"gradients.{control}.ask", lang) in html(at).replace("<span>", "").replace("</span>", "")
    for guess, name in enumerate(GUESSES[control], 1):
        at = open_page(page="gradients", lang=lang, part=part, **{control: str(guess)})
        assert text("gradients.expected", lang, guess=text(f"gradients.{control}.{name}", lang)) in html(at)
        assert len(at.get("plotly_chart")) == charts_before + len(PARTS[part])
    at.button(key=f"again_{control}").click().run()
    assert len(at.get("plotly_chart")) == charts_before
