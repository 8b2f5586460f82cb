from __future__ import annotations

import pytest
from streamlit.elements.widgets import button_group
from streamlit.testing.v1 import AppTest

from pages._ui.address import CONTROLS, MAX_TEXT
from pages._ui.controls import option_name
from rnn_core.messages import LANGUAGES, catalogue
from rnn_core.quantities import QUANTITIES


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_control_and_every_option_has_a_label(lang: str) -> None:
    messages = catalogue(lang)
    wanted = [f"controls.{row.key}.label" for row in CONTROLS.values() if row.key != "t"]
    wanted += [
        f"controls.{row.key}.{option}"
        for row in CONTROLS.values()
        for option in row.options
        if row.key != "lang" and option not in QUANTITIES
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

    state, notices = controls.settle(("text", "cell", "hidden", "seed"), {"lang": "en"})
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

    state, _ = controls.settle(("text", "t", "edit", "guess"), {"lang": "en"})
    controls.sentence("text", "en")
    st.code(repr(dict(state)))


@pytest.mark.parametrize(("guess", "after"), [("2", "skip"), ("skip", "skip"), (None, None)])
def test_another_sentence_has_no_chosen_places_and_hides_nothing_again(guess: str | None, after: str | None) -> None:
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
        at.session_state["kioku_begun"] = broken
        at.run()
        sent.append(at.text_input(key="text").proto.set_value)
    assert sent == [True, False, True, False]


def test_an_address_with_too_many_parameters_is_told_of() -> None:
    at = app()
    at.session_state["kioku_crowded"] = True  # as `crowded` does when the browser says it
    at.run()
    (warning,) = at.warning
    assert "1,000" in warning.value
    at.run()
    assert len(at.warning) == 1
    at.segmented_control(key="cell").set_value("rnn").run()
    assert not at.warning


def two_pages() -> None:
    import streamlit as st

    from pages._ui import controls

    page = st.session_state.get("turned", "one")
    keys = {"one": ("text", "hidden", "cell"), "two": ("text", "seed")}[page]
    controls.settle(keys, {"lang": "en"}, page)
    controls.choice("hidden", "en") if page == "one" else controls.number("seed", "en")
    st.button("reset", key="reset", on_click=controls.reset, args=({},))


def turned(at: AppTest, page: str) -> AppTest:
    """Go to the other page."""
    at.session_state["turned"] = page
    for key in list(at.query_params):
        del at.query_params[key]
    return at.run()


def test_streamlit_holds_the_controls_of_this_page_alone_and_those_of_another_come_back() -> None:
    at = AppTest.from_function(two_pages).run()
    at.segmented_control(key="hidden").set_value(64).run()
    turned(at, "two")
    assert {key for key in CONTROLS if key in at.session_state} == {"lang", "present", "text", "seed"}
    turned(at, "one")
    assert {key for key in CONTROLS if key in at.session_state} == {"lang", "present", "text", "hidden", "cell"}
    assert at.segmented_control(key="hidden").value == 64
    assert not at.exception


def test_the_way_back_to_the_defaults_is_that_of_every_page() -> None:
    at = AppTest.from_function(two_pages).run()
    at.segmented_control(key="hidden").set_value(64).run()
    turned(at, "two").number_input(key="seed").set_value(3).run()
    at.button(key="reset").click().run()
    assert at.number_input(key="seed").value == 0
    assert turned(at, "one").segmented_control(key="hidden").value == 16
