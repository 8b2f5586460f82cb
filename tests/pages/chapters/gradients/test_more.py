from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from pages._chapters.gradients.more import GUESSES, judge
from pages._ui.words import plain
from rnn_core.gradients import cliff
from rnn_core.messages import LANGUAGES, template, text
from rnn_core.training.clipping import ClippingSpec, run
from tests.pages.reading import charts, html, keys

if TYPE_CHECKING:
    from tests.pages.conftest import Open

SKIPPED = dict.fromkeys(GUESSES, "skip")
PARTS = {
    "guess_clipping": ["training_loss", "clipping"],
    "guess_cliff": ["cliff"],
}


@pytest.mark.parametrize(("clip", "limit"), [("norm", 1.0), ("norm", 0.1), ("value", 2.0)])
def test_the_training_is_the_one_that_the_reader_chose(open_page: Open, clip: str, limit: float) -> None:
    at = open_page(page="gradients", clip=clip, limit=str(limit), guess_clipping="skip")
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


# What is measured in some states of what is asked; every option of some guess is right in one of them.
STATES = [
    ("guess_clipping", {}, "breaks"),
    ("guess_clipping", {"clip": "value", "limit": "100"}, "both"),
    ("guess_cliff", {"part": "cliff"}, "jumps"),
    ("guess_cliff", {"part": "cliff", "w0": "1.5", "b0": "0.1"}, "arrives"),
    ("guess_cliff", {"part": "cliff", "w0": "3", "b0": "1"}, "stays"),
]


@pytest.mark.parametrize(("control", "query", "found"), STATES)
def test_each_asks_first_then_says_which_guess_is_right_and_why(
    open_page: Open, control: str, query: dict[str, str], found: str
) -> None:
    at = open_page(page="gradients", lang="en", **query)
    assert keys(at) == []
    assert text(f"gradients.{control}.ask", "en") in html(at).replace("<span>", "").replace("</span>", "")
    for guess, name in enumerate(GUESSES[control], 1):
        at = open_page(page="gradients", lang="en", **query, **{control: str(guess)})
        said = html(at)
        assert keys(at) == PARTS[control]
        assert text(f"predict.verdict.{judge(control, name, found)}", "en") in said
        assert (judge(control, name, found) == "right") == (name == found)
        assert plain(text(f"gradients.{control}.{name}", "en")) in said
        assert template(f"gradients.{control}.why", "en").partition("{")[0] in said
    at.button(key=f"again_{control}").click().run()
    assert keys(at) == []


@pytest.mark.parametrize(
    ("control", "other"),
    [
        ("guess_clipping", {"clip": "value"}),
        ("guess_clipping", {"limit": "5.0"}),
        ("guess_cliff", {"w0": "2.0"}),
        ("guess_cliff", {"b0": "0.0"}),
    ],
)
def test_with_other_settings_each_is_asked_again(open_page: Open, control: str, other: dict[str, str]) -> None:
    at = open_page(page="gradients", lang="en", part="cliff", **{control: "1"})
    assert keys(at) == PARTS[control]
    for key, value in other.items():
        at.query_params[key] = value
    at.run()
    assert at.session_state[control] is None
    assert keys(at) == []


def test_both_languages_have_every_option() -> None:
    for lang in LANGUAGES:
        for control, names in GUESSES.items():
            assert len({text(f"gradients.{control}.{name}", lang) for name in names}) == len(names)
