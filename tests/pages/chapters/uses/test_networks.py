from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from pages._chapters.uses import networks
from rnn_core.messages import text
from rnn_core.models import sources
from rnn_core.models.sources import find_source
from rnn_core.specs import ModelSpec
from rnn_core.speech.digits import recorded
from rnn_core.training.lab.limits import LENGTHS
from rnn_core.training.lab.run_source import register
from rnn_core.training.lab.spec import TrainSpec
from tests.pages.reading import charts, drawing, html, keys
from tests.rnn_core.training.lab.test_run_source import Kept

if TYPE_CHECKING:
    from pages._ui.shell import View
    from rnn_core.training.lab.limits import TaskName
    from tests.pages.conftest import Open


class Shown:
    state = {"cell": "gru", "hidden": 64, "text": "x", "weights": "trained"}  # noqa: RUF012


def small(task: TaskName, **values: object) -> TrainSpec:
    length = int(LENGTHS[task].usual)
    return TrainSpec(**({"task": task, "length": length, "cell": "gru", "hidden": 8, "steps": 1, "batch": 2} | values))


@pytest.fixture(scope="module")
def store() -> Kept:
    """Five runs, by the name of what they have learned."""
    return Kept(
        names=small("given_names"),
        faces=small("kaomoji_feelings", cell="lstm"),
        deep=small("given_names", layers=2),
        sums=small("adding"),
        digits=small("digits"),
    )


@pytest.fixture
def runs(store: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sources.SOURCES, "run", None)
    register(lambda: store)


def test_the_switches_name_a_network_of_the_task() -> None:
    view = cast("View", Shown)
    assert networks.spec(view, "kaomoji").name == "kaomoji-gru-64-seed0"
    assert networks.run(view, ("kaomoji",)) is networks.known_run(view, ("kaomoji",)) is None
    assert not networks.is_run(view)


def test_what_a_reader_has_trained_writes_on_and_stands_beside_the_shipped_ones(runs: None, open_page: Open) -> None:
    at = open_page(page="text_generation", lang="en", weights="run:names", task="kaomoji")
    assert not at.error
    assert drawing(at, "growing_text")["start"]
    assert "task" not in {one.key for one in at.get("button_group")}
    assert keys(at) == ["next_word", "unit_meaning", "unit_clamped", "worth"]  # nothing is asked that nobody counted
    (worth,) = (one for one in at.get("plotly_chart") if one.proto.id.endswith("chart_worth"))
    assert text("uses.own", "en", network="GRU 8") in worth.proto.spec + worth.proto.alt


def test_what_a_reader_has_trained_tells_feelings_in_its_own_plane(runs: None, open_page: Open) -> None:
    at = open_page(page="sentiment", lang="ja", weights="run:faces", guess_settled="skip")
    assert not at.error
    assert len(drawing(at, "feeling")["kinds"]) == 6
    assert [one.key for one in at.button if str(one.key).startswith("contrast_")] == [
        "contrast_cry"
    ]  # that it can read
    assert keys(at)[:2] == ["turning", "state_plane"]
    assert "LSTM 8" in str([one.proto.spec for one in at.get("plotly_chart")])


def test_what_a_reader_has_trained_recognises_digits_beside_the_shipped_ones(runs: None, open_page: Open) -> None:
    at = open_page(page="speech", lang="en", weights="run:digits", guess_held="skip", digit="3")
    assert not at.error
    assert keys(at) == ["speech_probability", "worth", "confusion", "digit_answers"]  # nothing is asked of it
    (spec,) = (spec for spec in (find_source("run:digits").describe("run:digits"),) if isinstance(spec, ModelSpec))
    assert (charts(at, "chart_digit_answers")[0]["z"] == recorded(spec, 3).shares.T).all()
    (worth,) = (one for one in at.get("plotly_chart") if one.proto.id.endswith("chart_worth"))
    own = text("speech.recorded", "en", network=text("uses.own", "en", network="GRU 8"))
    assert own in worth.proto.spec + worth.proto.alt
    assert text("speech.own_learned", "en") in html(at)
    assert "cell" not in {one.key for one in at.get("button_group")}


@pytest.mark.parametrize(
    ("page", "run"),
    [("text_generation", "deep"), ("text_generation", "faces"), ("sentiment", "sums"), ("speech", "names")],
)
def test_a_run_that_has_learned_something_else_is_refused_in_words(
    runs: None, open_page: Open, page: str, run: str
) -> None:
    at = open_page(page=page, lang="en", weights=f"run:{run}")
    (said,) = (one.value for one in at.error)
    assert run in said
    assert "Traceback" not in html(at)


def test_a_run_that_is_not_there_is_said(runs: None, open_page: Open) -> None:
    at = open_page(page="sentiment", lang="en", weights="run:nowhere")
    assert len(at.error) == 1
