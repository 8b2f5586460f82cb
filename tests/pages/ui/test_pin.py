"""A pinned state: its one parameter, what is wrong with one, and the second drawing."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pages._ui import pin
from pages._ui.address import MAX_TEXT, controls_of, serialize
from pages._ui.chapter import MAX_PIN, pinnable
from pages._ui.contents import CHAPTERS
from pages._ui.controls import SKIP
from rnn_core.messages import text
from tests.pages.reading import drawing, html
from tests.pages.ui.test_address import states

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from pages._ui.chapter import Chapter
    from tests.pages.conftest import Open

PINNING = [row for row in CHAPTERS if pin.KEY in row.controls]
each_chapter = pytest.mark.parametrize("chapter", PINNING, ids=lambda row: row.name)


def own(chapter: Chapter) -> set[str]:
    return set(chapter.controls) - {pin.KEY, pin.STEP}


def two(at: AppTest, component: str) -> tuple[Any, Any]:
    """What the drawing of the present state is given, and that of the pinned one."""
    protos = (element.proto for element in at.get("bidi_component"))
    first, second = (json.loads(one.json)[0] for one in protos if one.component_name == f"kioku_{component}")
    return first, second


def titles(at: AppTest) -> list[str]:
    """What the pinned drawing is called."""
    return [one for one in re.findall("<h2[^>]*>(.*?)</h2>", html(at)) if one.startswith("Compared with")]


def test_the_chapters_whose_states_are_compared_have_it() -> None:
    beside = {"compare", "training", "parallel", "claims", "your_model"}  # have networks or runs side by side anyway
    assert {row.name for row in CHAPTERS} - {row.name for row in PINNING} == beside


@each_chapter
@given(data=st.data())
def test_every_state_comes_back_from_its_parameter(chapter: Chapter, data: st.DataObject) -> None:
    state = data.draw(states(chapter, *sorted(own(chapter))))
    opens = dict(chapter.opens)
    rows = controls_of(chapter)
    whole = {key: opens.get(key, rows[key].default) if value is None else value for key, value in state.items()}
    pinned = pin.encode(chapter, serialize(whole, tuple(own(chapter))))
    found, notices = pin.decode(chapter, pinned)
    assert (dict(found), notices) == (whole, ())
    assert len(pinned) > MAX_PIN or re.fullmatch(controls_of(chapter)[pin.KEY].pattern, pinned)


@each_chapter
def test_the_opening_state_is_the_chapter_alone(chapter: Chapter) -> None:
    opens = {key: row.default for key, row in controls_of(chapter).items()} | dict(chapter.opens)
    assert pin.encode(chapter, serialize(opens, chapter.controls)) == f"{chapter.name}~"


# What the pattern of a pinned state takes; its length, a look ahead, would leave nothing of what is drawn from it.
SETTING = st.from_regex(r"[a-z0-9_]{1,20}\.[^~\x00-\x1f\ud800-\udfff]{0,30}", fullmatch=True)
PINNED = st.lists(SETTING, max_size=6).map(lambda settings: f"home~{'~'.join(settings)}")


@given(st.sampled_from(PINNING), st.text(max_size=60) | PINNED)
def test_whatever_the_parameter_says_a_state_is_read_from_it(chapter: Chapter, said: str) -> None:
    assert pin.decode(chapter, said)[0].keys() == own(chapter)


@settings(max_examples=20)
@given(PINNED)
def test_what_the_pattern_takes_is_drawn(said: str) -> None:
    assert re.fullmatch(pinnable("home"), said)


@pytest.mark.parametrize(
    "said", ["home", "home~cell", "~", "home~CELL.rnn", "<b>", "home~text." + "あ" * MAX_PIN, "home~\n", "cell~"]
)
def test_what_is_broken_or_too_long_is_no_pinned_state(said: str) -> None:
    assert not re.fullmatch(pinnable("home"), said)


def test_below_the_present_network_stands_the_pinned_one(open_page: Open) -> None:
    at = open_page(lang="en", cell="lstm", t="3", pin="home~cell.rnn~hidden.8")
    assert [(one["cell"], one["at"]["step"]) for one in two(at, "unrolled")] == [("lstm", 3), ("rnn", 3)]
    assert titles(at) == ["Compared with: Cell: RNN, Hidden size: 8"]
    assert not at.warning
    at.segmented_control(key="cell").set_value("gru").run()
    assert [one["cell"] for one in two(at, "unrolled")] == ["gru", "rnn"]
    at.button(key="unpin").click().run()
    assert "pin" not in at.query_params
    assert titles(at) == []


def test_a_button_pins_the_state_and_the_title_names_what_has_become_another(open_page: Open) -> None:
    at = open_page(lang="en", page="cell", cell="rnn")
    at.button(key="pin_state").click().run()
    assert at.query_params["pin"] in ("cell~cell.rnn", ["cell~cell.rnn"])
    assert text("ui.pinned_same", "en") in html(at)
    at.segmented_control(key="cell").set_value("lstm").run()
    assert [one["cell"] for one in two(at, "cell")] == ["lstm", "rnn"]
    assert titles(at) == ["Compared with: Cell: RNN"]


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("cell~cell.rnn", "controls.notice.unreadable"),
        ("home~nonsense", "controls.notice.unreadable"),
        ("home~cell.rnn~hidden.7", "ui.pin_notice"),
        ("home~text." + "あ" * MAX_TEXT, "controls.notice.unreadable"),
    ],
)
def test_a_bad_one_is_said_and_nothing_else_is_lost(open_page: Open, said: str, message: str) -> None:
    at = open_page(lang="en", cell="gru", pin=said)
    (warning,) = at.warning
    begins, *_ = text(message, "en", name="`pin`", given="{}", said="{}").split("{}")
    assert warning.value.startswith(begins)
    assert drawing(at, "unrolled")["cell"] == "gru"
    assert ("pin" in at.query_params) == (message == "ui.pin_notice")


def test_a_state_that_is_too_long_for_a_link_is_not_pinned(open_page: Open) -> None:
    at = open_page(lang="en", text="あ" * MAX_TEXT)
    at.button(key="pin_state").click().run()
    assert text("ui.pin_long", "en") in [one.value for one in at.warning]
    assert "pin" not in at.query_params


def test_a_pinned_question_keeps_its_own_answer(open_page: Open) -> None:
    at = open_page(lang="en", page="order", places="3-2-1-4-5", guess_order=SKIP, pin="order~")
    assert [one["answer"] for one in two(at, "word_order")] == [SKIP, ""]
    at = open_page(lang="en", page="order", pin=f"order~guess_order.{SKIP}")
    assert [one["answer"] for one in two(at, "word_order")] == ["", SKIP]


def test_networks_and_clipping_are_compared_too(open_page: Open) -> None:
    at = open_page(lang="en", page="gradients", theta="5", curve=SKIP, pin=f"gradients~curve.{SKIP}")
    assert [one["theta"] for one in two(at, "gradient_trails")] == [5.0, None]
    at = open_page(lang="en", page="attention", attention="additive", t="3", pin="attention~")
    assert [one["at"]["quantity"] for one in two(at, "seq2seq")] == ["additive", "none"]


@pytest.mark.parametrize(
    ("page", "component", "query", "pinned"),
    [
        ("bidirectional", "directions", {"later": "off", "t": "3"}, "text.犬が人を噛む"),
        ("translation", "seq2seq", {"english": "queue", "t": "3"}, "network.kanji"),
        ("transformer", "transformer_layers", {"t": "3"}, "positions.none"),
        ("text_generation", "growing_text", {"t": "2"}, "cell.rnn"),
        ("sentiment", "feeling", {"t": "2"}, "cell.rnn"),
        ("forecast", "forecast_days", {"t": "30"}, "month.2"),
        ("video", "video_frames", {"t": "9"}, "cell.rnn"),
        ("music", "melody_roll", {"t": "6"}, "cell.rnn"),
    ],
)
def test_any_two_states_of_a_chapter_stand_side_by_side(
    open_page: Open, page: str, component: str, query: dict[str, str], pinned: str
) -> None:
    at = open_page(page=page, lang="en", pin=f"{page}~{pinned}", **query)
    here, there = two(at, component)
    assert {**here, "serial": 0} != {**there, "serial": 0}
    assert here["at"]["step"] == int(query["t"])
    assert not [*at.warning, *at.error]
    assert len(titles(at)) == 1


def test_a_chapter_that_compares_no_states_says_that_it_reads_none(open_page: Open) -> None:
    at = open_page(page="compare", lang="en", pin="home~cell.rnn")
    (warning,) = at.warning
    assert warning.value == text("controls.notice.unreadable", "en", name="`pin`", given="`home~cell.rnn`")
    assert "pin" not in at.query_params


def test_on_the_stage_a_button_shows_the_other_state_and_keeps_this_one(open_page: Open) -> None:
    at = open_page(lang="en", present="1", cell="lstm", pin="home~cell.rnn~hidden.8")
    assert drawing(at, "unrolled")["cell"] == "lstm"
    at.button(key="swap").click().run()
    assert drawing(at, "unrolled")["cell"] == "rnn"
    assert at.query_params["pin"] in ("home~", ["home~"])
    at.button(key="swap").click().run()
    assert drawing(at, "unrolled")["cell"] == "lstm"
    assert at.query_params["pin"] in ("home~cell.rnn~hidden.8", ["home~cell.rnn~hidden.8"])


@pytest.mark.parametrize("hold", ["", "~hold.forget_gate~value.0"])
def test_two_circuits_of_one_cell_have_one_colour_scale(open_page: Open, hold: str) -> None:
    at = open_page(page="cell", lang="en", cell="lstm", hidden="16", pin=f"cell~hidden.32{hold}")
    assert not at.warning
    first, second = two(at, "cell")
    assert first["units"] != second["units"]
    ends = [{key: (row["low"], row["high"]) for key, row in one["rows"].items()} for one in (first, second)]
    assert ends[0] == ends[1]


def test_the_title_says_after_which_update_a_run_s_weights_were_so() -> None:
    before, after = (pin.said(f"run:{'x' * 20}{at}") for at in ("-0", ""))
    assert before.endswith("…-0")
    assert len(before) == pin.LONGEST
    assert after == f"run:{'x' * 20}"


def test_two_transformers_have_one_colour_scale(open_page: Open) -> None:
    at = open_page(page="transformer", lang="en", pin="transformer~positions.none~hidden.16")
    assert not at.warning
    first, second = two(at, "transformer_layers")
    assert first["units"] != second["units"]
    assert first["row"] == second["row"]
