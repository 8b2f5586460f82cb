from __future__ import annotations

from streamlit.testing.v1 import AppTest

from pages._ui.document import BROUGHT


def small_page() -> None:
    import streamlit as st

    from pages._ui import contrasts, controls
    from pages._ui.chapter import Chapter, Control
    from pages._ui.shell import View
    from rnn_core.figures import Theme

    rho = Control("rho", "real", "own", ("own",), high=5)
    chapter = Chapter("gradients", "inside", 1, ("hidden", "weights", rho, "t"), opens=(("hidden", 32),))
    state, notices = controls.settle(chapter, {"lang": "en", **dict(chapter.opens)})
    view = View(chapter, "en", Theme(), state, notices)
    table = (
        contrasts.Contrast("vanish", {"weights": "fresh"}, silent={"t": None}),
        contrasts.Contrast("saturate", {"rho": 3.0, "weights": "fresh"}, part="explode"),
        contrasts.Contrast("gate", {}, part="clip"),
        contrasts.Contrast("explode", {"hidden": 32, "weights": "trained"}),
    )
    contrasts.row(view, table)
    st.code(repr({key: state[key] for key in chapter.controls}))


def app(**query: str) -> AppTest:
    at = AppTest.from_function(small_page, default_timeout=30)
    for key, value in query.items():
        at.query_params[key] = value
    at.run()
    assert not at.exception
    return at


def said(at: AppTest) -> list[str]:
    return [one.proto.body for one in at.get("html")]


def test_a_contrast_sets_only_what_it_names_and_says_so() -> None:
    at = app(hidden="32", t="2")
    assert said(at) == []
    at.button(key="contrast_saturate").click().run()
    assert at.code[0].value == "{'hidden': 32, 'weights': 'fresh', 'rho': 3.0, 't': 2}"
    (line,) = said(at)
    assert "Spectral radius ρ of Wₕₕ: 3.00, Weights: randomly initialised" in line
    assert at.session_state[BROUGHT].anchor == "explode"


def test_of_a_page_as_it_opens_nothing_is_said_though_a_contrast_sets_just_that() -> None:
    at = app()
    at.button(key="contrast_explode").click().run()
    assert at.code[0].value == "{'hidden': 32, 'weights': 'trained', 'rho': 'own', 't': None}"
    assert said(at) == []
    at.session_state["weights"] = "fresh"
    assert "Weights: randomly initialised." in said(at.run())[0]


def test_what_goes_without_saying_is_set_and_not_said() -> None:
    at = app(t="2")
    at.button(key="contrast_vanish").click().run()
    assert at.code[0].value == "{'hidden': 32, 'weights': 'fresh', 'rho': 'own', 't': None}"
    (line,) = said(at)
    assert "Weights: randomly initialised." in line
    assert "None" not in line
    assert BROUGHT not in at.session_state


def test_after_a_change_of_what_it_set_nothing_is_said() -> None:
    at = app(weights="fresh")
    assert len(said(at)) == 1
    at.query_params["weights"] = "trained"
    at.run()
    assert said(at) == []


def test_one_that_only_brings_a_part_into_view_says_nothing() -> None:
    at = app()
    at.button(key="contrast_gate").click().run()
    assert said(at) == []
    assert at.session_state[BROUGHT].anchor == "clip"
