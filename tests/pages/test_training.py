from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

import numpy as np
import pytest

from pages._chapters.training import settings
from pages._ui.address import literal
from pages._ui.words import markdown
from rnn_core.messages import LANGUAGES, text
from rnn_core.training.lab import loop
from rnn_core.training.lab.events import Point, Snapshot, as_array, from_line
from rnn_core.training.lab.limits import LENGTHS
from rnn_core.training.lab.run_source import chapters_of
from rnn_core.training.lab.spec import TrainSpec
from tests.pages.alternating import alternately
from tests.pages.reading import alt, chart, charts, drawing, html, keys, plain
from tests.pages.trained import runs, trained
from tests.pages.trying import changes
from tests.rnn_core.training.lab.standin import LOST, spec

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from rnn_core.training.lab.store import Runs
    from tests.pages.conftest import Open

__all__ = ["runs"]
CHARTS = ["training_loss", "gradient_norm", "gradient_reach", "states_training"]
SMALL = spec()
LINK = {
    "page": "training",
    **{key: str(value) for key, value in settings.state_of(SMALL).items()},
}


def state(at: AppTest, lang: str) -> str:
    """What `run_status` says."""
    said = re.search(r'<p role="status"[^>]*>([^<]*)</p>', html(at))
    assert said
    return said[1]


def unfolded(at: AppTest) -> AppTest:
    at.session_state["charts"] = True
    return at.run()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_opens_with_the_drawing_and_a_question(open_page: Open, runs: Runs, lang: str) -> None:
    at = open_page(page="training", lang=lang)
    assert text("training.question", lang) in plain(at)
    drawn = drawing(at, "training_map")
    assert drawn["spec"] == TrainSpec(task="adding", length=50).model_dump(mode="json")
    assert (drawn["run"], drawn["guess"]["outcome"], keys(at)) == (None, None, [])
    assert state(at, lang) == text("training.state.empty", lang)
    assert text("training.principle", lang)[:20] not in html(at)
    assert not at.warning
    assert not at.error


@pytest.mark.parametrize("lang", LANGUAGES)
def test_train_starts_the_training_of_the_address_and_names_it_there(open_page: Open, runs: Runs, lang: str) -> None:
    at = open_page(
        page="training",
        lang=lang,
        task="adding",
        length="30",
        cell="gru",
        hidden="16",
        steps="1500",
        seed="5",
        guess="skip",
    )
    at.button(key="train").click().run()
    name = at.query_params["run"]
    found = runs.spec(name)
    assert (found.cell, found.length, found.hidden, found.steps, found.seed) == ("gru", 30, 16, 1500, 5)
    assert drawing(at, "training_map")["run"] == {"id": name, "mine": True, "over": False}
    assert state(at, lang) == text("training.state.queued_soon", lang, place=1)  # no engine has begun
    assert at.button(key="train").disabled
    at.button(key="cancel").click().run()
    assert runs.status(name).state == "cancelled"
    assert state(at, lang) == text("training.state.cancelled", lang)
    assert at.query_params["run"] == name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_link_to_a_run_shows_it_again_with_its_settings(open_page: Open, runs: Runs, lang: str) -> None:
    name = trained(runs, SMALL)
    at = open_page(page="training", lang=lang, run=name, guess="solves_40")
    drawn = drawing(at, "training_map")
    assert drawn["spec"] == SMALL.model_dump(mode="json")
    assert drawn["run"] == {"id": name, "mine": False, "over": True}
    assert (drawn["guess"]["outcome"], drawn["guess"]["by"]) == ("solves", 40)
    assert {key: at.query_params[key] for key in LINK if key != "page"} == {
        key: LINK[key] for key in LINK if key != "page"
    }
    assert state(at, lang) == text("training.state.finished", lang)
    assert at.button(key="cancel").disabled
    assert text("training.principle", lang)[:20] in html(at)
    assert not at.warning


def test_the_charts_hold_what_the_run_has_told(open_page: Open, runs: Runs) -> None:
    name = trained(runs, SMALL)
    at = open_page(page="training", run=name, guess="skip")
    assert keys(at) == CHARTS
    told = [from_line(line) for line in runs.events_since(name).lines]
    points = [event for event in told if isinstance(event, Point)]
    held_out, training = charts(at, "chart_training_loss")[:2]
    np.testing.assert_array_equal(held_out["customdata"], [point.loss for point in points])
    np.testing.assert_array_equal(training["customdata"], [point.train for point in points])
    np.testing.assert_array_equal(chart(at, "chart_gradient_norm")["customdata"], [point.before for point in points])
    reach = chart(at, "chart_gradient_reach")
    np.testing.assert_array_equal(reach["customdata"], np.array([as_array(point.reach) for point in points]).T)
    last = [event for event in told if isinstance(event, Snapshot)][-1]
    np.testing.assert_array_equal(chart(at, "chart_states_training")["z"], as_array(last.states, SMALL.hidden).T)


def test_the_states_are_those_where_the_reader_stands(open_page: Open, runs: Runs) -> None:
    name = trained(runs, SMALL)
    said = [
        alt(open_page(page="training", lang="en", run=name, guess="skip", update=update), "chart_states_training")
        for update in ("7", "60")
    ]
    assert [one.split(":")[0] for one in said] == ["Update 6", "Update 60"]


def test_a_run_under_way_gives_nothing_away_unless_nothing_was_guessed(open_page: Open, runs: Runs) -> None:
    name = trained(runs, SMALL, updates=20)
    at = open_page(page="training", run=name, guess="solves_40")
    assert state(at, "ja") == text("training.state.running", "ja")
    assert text("training.principle", "ja")[:20] not in html(at)
    folded = {markdown(text(f"training.{name}", "ja")) for name in ("charts", "take")}
    assert folded.isdisjoint(one.label for one in at.expander)
    watched = open_page(page="training", run=name, guess="skip")
    assert keys(watched) == []
    assert keys(unfolded(watched)) == CHARTS


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_run_that_diverged_is_said_to_have(open_page: Open, runs: Runs, lang: str) -> None:
    name = trained(runs, spec(clip=None))
    at = open_page(page="training", lang=lang, run=name, guess=f"diverges_{LOST}")
    assert state(at, lang) == text("training.state.diverged", lang)
    assert keys(at) == CHARTS


@pytest.mark.parametrize(("lang", "name"), alternately(["nowhere", "../../etc/passwd", "<b>x</b>", "0" * 64]))
def test_a_run_that_is_not_there_is_a_sentence_and_the_page_is_whole(
    open_page: Open, runs: Runs, lang: str, name: str
) -> None:
    at = open_page(page="training", lang=lang, run=name)
    assert len(at.warning) == 1
    assert drawing(at, "training_map")["run"] is None
    assert at.query_params.get("run", "") in ("", [""])
    assert "<b>x" not in html(at)


def test_a_deleted_run_is_gone_from_the_address(open_page: Open, runs: Runs) -> None:
    at = open_page(**LINK, guess="skip")
    at.button(key="train").click().run()
    name = at.query_params["run"]
    at.session_state["take_run"] = True
    at.run()
    at.button(key="delete_run").click().run()
    assert at.query_params["run"] == ""
    assert not at.warning
    again = open_page(page="training", run=name)
    assert [name in warning.value for warning in again.warning] == [True]


def test_only_its_starter_can_delete_a_run(open_page: Open, runs: Runs, offered: dict[str, object]) -> None:
    at = open_page(page="training", run=trained(runs, SMALL), guess="skip")
    at.session_state["take_run"] = True
    at.run()
    assert [button.key for button in at.button if button.key == "delete_run"] == []
    assert [name for name in offered if name.endswith(".zip")] == [f"kioku-{at.query_params['run']}.zip"]


def test_a_finished_run_is_linked_where_its_task_and_cell_allow(open_page: Open, runs: Runs) -> None:
    name = trained(runs, SMALL)
    page = html(open_page(page="training", lang="en", run=name, guess="skip"))
    for chapter in chapters_of(SMALL):
        for weights in (f"run%3A{name}", f"run%3A{name}-0"):
            assert re.search(rf'href="{chapter}\?lang=en&amp;weights={weights}&amp;text=', page)


@pytest.mark.parametrize(
    ("task", "most"), [("smalltalk", 4), ("given_names", 1), ("kaomoji_feelings", 1), ("digits", 2)]
)
def test_what_was_trained_opens_in_other_chapters_by_the_pages_links(
    open_page: Open, runs: Runs, task: str, most: int
) -> None:
    asked = TrainSpec(task=task, length=int(LENGTHS[task].usual), cell="gru", hidden=4, steps=2)
    name = trained(runs, asked, train=loop.train)
    ways: dict[str, list[dict[str, str]]] = {}
    page = html(open_page(page="training", run=name, guess="skip"))
    for way in re.findall(r'href="([^"]*weights=run%3A[^"]*)"', page):
        address = urlsplit(unescape(way))
        ways.setdefault(address.path.removeprefix("./").replace("-", "_"), []).append(dict(parse_qsl(address.query)))
    assert len(ways) >= most
    for number, (chapter, shown) in enumerate(list(ways.items())[:most]):  # after training, before and both in turns
        assert [query["weights"] for query in shown] == [f"run:{name}", f"run:{name}-0", f"run:{name}"][: len(shown)]
        query = shown[number % len(shown)]
        at = open_page(page=chapter, **query)
        assert not at.error
        assert at.query_params["weights"] == query["weights"]
        if "pin" in query:
            assert f"weights.run:{name}-0" in at.query_params["pin"]
            assert [button.key for button in at.button if button.key == "unpin"] == ["unpin"]


@pytest.mark.parametrize("guess", ["solves", "maybe", "solves_0_1", "diverges_x"])
def test_a_guess_that_is_none_is_said_and_asked_again(open_page: Open, runs: Runs, guess: str) -> None:
    at = open_page(page="training", guess=guess)
    assert [warning.value for warning in at.warning] == [text("predict.unknown", "ja", given=literal(guess))]
    assert drawing(at, "training_map")["guess"]["outcome"] is None


def test_a_guess_is_asked_again_with_other_settings(open_page: Open, runs: Runs) -> None:
    at = open_page(page="training", guess="solves_600")
    at.query_params["hidden"] = "64"
    at.run()
    assert drawing(at, "training_map")["guess"]["outcome"] is None


@pytest.mark.parametrize(
    ("key", "value"),
    [
        *(("task", task) for task in ("recall", "copy", "parity", "smalltalk", "series")),
        *(("length", "20"), ("cell", "gru"), ("hidden", "64"), ("lr", "0.01"), ("steps", "600"), ("seed", "3")),
        *(("layers", "2"), ("both", "yes"), ("optimizer", "sgd"), ("batch", "16"), ("limit", "none"), ("fbias", "3.0")),
        *(("start", "identity"), ("scale", "1.5"), ("guess", "stuck"), ("update", "60")),
    ],
)
def test_every_control_of_the_drawing_changes_it(open_page: Open, runs: Runs, key: str, value: str) -> None:
    base = {"page": "training", "length": "50"}
    if value == "smalltalk":
        base = {"page": "training"}
    changes(open_page, base, key, value, read=lambda at: str(drawing(at, "training_map")))


def test_the_nonlinearity_is_the_rnns(open_page: Open, runs: Runs) -> None:
    changes(
        open_page,
        {"page": "training", "cell": "rnn"},
        "act",
        "relu",
        read=lambda at: str(drawing(at, "training_map")["spec"]),
    )


@pytest.mark.parametrize(("lang", "length"), alternately(["200", "100"]))
def test_settings_beyond_what_can_be_computed_are_explained(
    open_page: Open, runs: Runs, lang: str, length: str
) -> None:
    more = {"hidden": "128", "batch": "256", "layers": "3", "steps": "20000"}
    assert len(open_page(page="training", lang=lang, length=length, **more).error) == 1


def test_a_threshold_that_no_training_has_is_replaced_and_said(open_page: Open, runs: Runs) -> None:
    at = open_page(page="training", limit="0")
    assert ([*at.error], "0.01" in at.warning[0].value, at.query_params["limit"]) == ([], True, "1.0")


def test_a_length_that_the_task_does_not_have_is_replaced_and_said(open_page: Open, runs: Runs) -> None:
    at = open_page(page="training", task="smalltalk", length="50")
    assert [warning.value for warning in at.warning] == [text("training.no_length", "ja", given=50, used=14)]
    assert at.query_params["length"] == "14"


@pytest.mark.parametrize("one", settings.CONTRASTS, ids=lambda one: one.name)
def test_a_contrast_sets_a_training_and_asks_anew(open_page: Open, runs: Runs, one) -> None:
    at = open_page(page="training", run=trained(runs, SMALL), guess="solves_40")
    at.button(key=f"contrast_{one.name}").click().run()
    assert at.query_params["run"] == ""
    assert drawing(at, "training_map")["guess"]["outcome"] is None
    assert {key: at.query_params[key] for key in one.sets} == {key: str(value) for key, value in one.sets.items()}


def test_the_language_changes_words_and_no_number(open_page: Open, runs: Runs) -> None:
    name = trained(runs, SMALL)
    ja, en = (open_page(page="training", lang=lang, run=name, guess="skip") for lang in LANGUAGES)
    for key in ("chart_training_loss", "chart_gradient_reach"):
        assert chart(ja, key)["customdata"].tobytes() == chart(en, key)["customdata"].tobytes()
        assert alt(ja, key) != alt(en, key)


def test_several_runs_stand_on_the_stage_alone(open_page: Open, runs: Runs) -> None:
    for mode in ("compare", "sweep"):
        at = open_page(page="training", lang="en", mode=mode, present="1")
        assert not at.exception
        assert at.get("bidi_component")
        assert text("training.lead", "en")[:20] not in plain(at)
