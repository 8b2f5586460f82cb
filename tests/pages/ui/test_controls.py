from __future__ import annotations

import pytest
from streamlit.elements.widgets import button_group
from streamlit.testing.v1 import AppTest

from pages._ui import last_run
from pages._ui.address import CONTROLS, MAX_TEXT
from pages._ui.contents import CHAPTERS
from pages._ui.controls import option_name
from pages._ui.last_run import LastRun
from rnn_core.messages import LANGUAGES, catalogue
from rnn_core.quantities import QUANTITIES
from tests.pages.trying import rows


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_control_and_every_option_has_a_label(lang: str) -> None:
    messages = catalogue(lang)
    wanted = [row.message for row in rows() if row.key != "t"]
    wanted += [
        f"controls.{row.key}.{option}"
        for row in rows()
        for option in row.options
        if row.key != "lang" and not row.counted and option not in QUANTITIES and not str(option).startswith("file:")
    ]
    assert [name for name in wanted if name not in messages] == []


def test_a_quantity_is_called_the_same_in_every_control() -> None:
    for row in QUANTITIES:
        assert (
            option_name("hold", row.key, "en")
            == option_name("quantity", row.key, "en")
            == catalogue("en")[f"quantities.{row.key}.name"]
        )


def small_page() -> None:
    import streamlit as st

    from pages._ui import controls
    from pages._ui.chapter import Chapter

    chapter = Chapter("small", "inside", 1, ("text", "cell", "hidden", "seed"))
    state, notices = controls.settle(chapter, {"lang": "en"})
    for notice in notices:
        st.warning(notice.text("en"))
    controls.sentence("text", "en")
    controls.choice("cell", "en")
    if st.toggle("show", value=True, key="show"):
        controls.choice("hidden", "en")
    controls.number("seed", "en")
    st.code(repr(dict(state)))


def app(**query: str) -> AppTest:
    at = AppTest.from_function(small_page)
    for key, value in query.items():
        at.query_params[key] = value
    at.run()
    assert not at.exception
    return at


def test_the_address_is_complete_after_the_first_run() -> None:
    at = app(cell="gru")
    assert dict(at.query_params) == {
        "lang": "en",
        "present": "0",
        "text": "今日は天気が良いね",
        "cell": "gru",
        "hidden": "16",
        "seed": "0",
    }


def test_a_widget_writes_the_address_and_the_address_sets_the_widget() -> None:
    at = app()
    at.segmented_control(key="cell").set_value("rnn").run()
    assert at.query_params["cell"] == "rnn"
    at.query_params["cell"] = "gru"  # Back, or a link
    at.run()
    assert at.segmented_control(key="cell").value == "gru"
    assert at.query_params["cell"] == "gru"


def test_streamlit_looks_for_no_emoji_in_a_label(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    monkeypatch.setattr(button_group, "extract_leading_icon", lambda word: looked.append(word) or ("", word))
    at = app()
    assert len(looked) >= len(CONTROLS["cell"].options)
    assert set(looked) == {""}
    assert all(label == f" {label.strip()}" for label in at.segmented_control(key="cell").options)


def test_a_notice_stands_until_something_changes() -> None:
    at = app(hidden="7")
    assert len(at.warning) == 1
    at.run()
    assert len(at.warning) == 1
    at.segmented_control(key="hidden").set_value(32).run()
    assert not at.warning


def test_a_control_that_was_not_drawn_for_a_while_keeps_its_value() -> None:
    at = app()
    at.segmented_control(key="hidden").set_value(64).run()
    at.toggle(key="show").set_value(False).run()
    at.toggle(key="show").set_value(True).run()
    assert at.segmented_control(key="hidden").value == 64
    assert at.query_params["hidden"] == "64"


def test_a_pasted_text_is_cut_in_its_field_too() -> None:
    at = app()
    at.text_input(key="text").set_value("い" * 5000).run()
    assert at.text_input(key="text").value == "い" * MAX_TEXT
    assert not at.exception


def small_sentence_page() -> None:
    import streamlit as st

    from pages._ui import controls
    from pages._ui.chapter import Chapter

    state, _ = controls.settle(Chapter("small", "inside", 1, ("text", "t", "edit", "guess")), {"lang": "en"})
    controls.sentence("text", "en")
    st.code(repr(dict(state)))


@pytest.mark.parametrize(("guess", "after"), [("2", None), ("skip", "skip"), (None, None)])
def test_another_sentence_has_no_chosen_places_and_asks_a_guess_again(guess: str | None, after: str | None) -> None:
    at = AppTest.from_function(small_sentence_page)
    for key, value in {"t": "2", "edit": "1", "guess": guess}.items():
        if value is not None:
            at.query_params[key] = value
    at.run()
    assert at.query_params["t"] == "2"
    at.text_input(key="text").set_value("今日は暑い").run()
    assert not at.exception
    assert at.query_params.get("guess") == after
    assert not {"t", "edit"} & set(at.query_params)


def test_after_a_run_that_was_broken_off_the_widgets_are_told_their_values_again() -> None:
    at = AppTest.from_function(small_page)
    sent = []
    for broken in (False, False, True, False):
        if last_run.KEY in at.session_state:
            at.session_state[last_run.KEY].broken = broken
        at.run()
        sent.append(at.text_input(key="text").proto.set_value)
    assert sent == [True, False, True, False]


@pytest.mark.parametrize(("left", "told"), [(LastRun(crowded=True), "1,000"), (LastRun(lost="<b>*x"), "`<b>*x`")])
def test_what_the_browser_finds_wrong_with_an_address_is_told(left: LastRun, told: str) -> None:
    at = app()
    at.session_state[last_run.KEY] = left  # as `crowded` and `lost` do when the browser says it
    at.run()
    (warning,) = at.warning
    assert told in warning.value
    at.run()
    assert len(at.warning) == 1
    at.segmented_control(key="cell").set_value("rnn").run()
    assert not at.warning


def chapters_page() -> None:
    import streamlit as st

    from pages._ui import controls
    from pages._ui.contents import CHAPTERS

    chapter = next(row for row in CHAPTERS if row.name == st.session_state.get("chapter", "cell"))
    _, notices = controls.settle(chapter, {"lang": "en", **dict(chapter.opens)})
    for notice in notices:
        st.warning(notice.text("en"))
    if "text" in chapter.controls:
        controls.sentence("text", "en")
    if "hidden" in chapter.controls:
        controls.choice("hidden", "en")
    st.button("defaults", key="reset", on_click=controls.reset, args=(dict(chapter.opens),))
    st.button("other", key="another", on_click=controls.take, args=({"text": "明日は雨"},))


def go(at: AppTest, chapter: str, **query: str) -> AppTest:
    """To another chapter, as a browser does it: with the address of the link and no other."""
    at.session_state["chapter"] = chapter
    at.query_params.clear()
    for key, value in query.items():
        at.query_params[key] = value
    at.run()
    assert not at.exception
    return at


def at_chapter(chapter: str, **query: str) -> AppTest:
    return go(AppTest.from_function(chapters_page), chapter, **query)


def test_each_form_of_a_control_keeps_its_own_value() -> None:
    at = at_chapter("cell", hidden="16", t="3")
    for chapter, size in (("attention", "48"), ("transformer", "32"), ("compare", "16")):
        go(at, chapter)
        assert at.query_params["hidden"] == size
        assert at.segmented_control(key="hidden").value == int(size)
        assert not at.warning
    go(at, "attention", t="150")
    at.segmented_control(key="hidden").set_value(24).run()
    for chapter, size, place in (("transformer", "32", "3"), ("cell", "16", "3"), ("attention", "24", "150")):
        go(at, chapter)
        assert (at.query_params["hidden"], at.query_params["t"]) == (size, place)
        assert not at.warning


def test_what_was_chosen_at_the_very_last_is_kept_too() -> None:
    at = at_chapter("attention")
    at.segmented_control(key="hidden").set_value(24)  # and at once the link, in one run
    go(at, "cell")
    assert at.query_params["hidden"] == "16"
    at.segmented_control(key="hidden").set_value(64)
    assert go(at, "attention").query_params["hidden"] == "24"
    assert go(at, "cell").query_params["hidden"] == "64"


def test_a_link_asks_for_what_the_chapter_that_was_left_had() -> None:
    at = go(at_chapter("cell", hidden="16"), "attention", hidden="16")
    (warning,) = at.warning
    assert ("24, 48" in warning.value, at.query_params["hidden"]) == (True, "48")
    at = go(at_chapter("attention", hidden="24"), "transformer", hidden="32")
    assert (at.query_params["hidden"], len(at.warning)) == ("32", 0)
    assert go(at, "attention", hidden="48").query_params["hidden"] == "48"


@pytest.mark.parametrize("other", ["typed", "taken"])
def test_another_sentence_has_no_chosen_places_in_any_chapter(other: str) -> None:
    at = go(at_chapter("attention", t="150"), "cell", t="3")
    if other == "typed":
        at.text_input(key="text").set_value("今日は暑い").run()
    else:
        at.button(key="another").click().run()
    assert go(at, "translation", t="4").query_params["t"] == "4"
    assert "t" not in go(at, "attention").query_params


def test_the_way_back_to_the_defaults_is_that_of_the_chapter() -> None:
    at = go(at_chapter("cell", hidden="64"), "attention", hidden="24")
    at.button(key="reset").click().run()
    assert at.query_params["hidden"] == "48"
    assert go(at, "cell").query_params["hidden"] == "64"


def held(at: AppTest) -> set[str]:
    return {key for key in CONTROLS if key in at.session_state}


def test_streamlit_holds_the_controls_of_this_page_alone_and_those_of_another_come_back() -> None:
    at = at_chapter("cell")
    at.segmented_control(key="hidden").set_value(64).run()
    by_name = {row.name: {"lang", "present", *row.controls} for row in CHAPTERS}
    for chapter in ("order", "attention", "cell"):
        go(at, chapter)
        assert held(at) == by_name[chapter]
    assert at.segmented_control(key="hidden").value == 64


def test_the_way_back_to_the_defaults_is_that_of_every_page() -> None:
    at = at_chapter("cell")
    at.segmented_control(key="hidden").set_value(64).run()
    go(at, "order").button(key="reset").click().run()
    assert go(at, "cell").segmented_control(key="hidden").value == 16


def mending_page() -> None:
    """A page that mends a number that its sentence has no place for."""
    import streamlit as st

    from pages._ui import controls
    from pages._ui.chapter import Chapter

    chapter = Chapter("small", "inside", 1, ("text", "t", "hidden"))
    state, notices = controls.settle(chapter, {"lang": "en"})
    for notice in notices:
        st.warning(notice.text("en"))
    if state["t"] == 9:
        controls.correct("t", 5)
    controls.choice("hidden", "en")


def test_a_warning_outlasts_what_the_page_mends_itself_and_goes_with_the_reader_s_change() -> None:
    at = AppTest.from_function(mending_page)
    at.query_params["t"], at.query_params["hidden"] = "9", "7"
    at.run()
    assert (len(at.warning), at.query_params["t"]) == (1, "5")
    assert len(at.run().warning) == 1  # as when a phone asks for narrower charts
    at.segmented_control(key="hidden").set_value(64).run()
    assert not at.warning
