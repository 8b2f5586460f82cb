"""What the unrolled network is drawn from: the trace's own numbers, and the tables."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from pages._ui.components.unrolled_network import GUESSES, TERMS, drawing, equation
from rnn_core.messages import LANGUAGES
from rnn_core.quantities import CELLS
from tests.pages.ui.components.conftest import WORDS
from tests.pages.ui.components.test_packing import unpacked

if TYPE_CHECKING:
    from tests.pages.ui.components.conftest import Case


@pytest.mark.parametrize("cell", CELLS)
def test_the_columns_are_the_hidden_states(cases: dict[str, Case], cell: str) -> None:
    trace = cases[cell].trace
    data = drawing("ja", trace)
    hidden = trace.layer()["hidden_state"]
    assert unpacked(data["hidden"]).tobytes() == hidden.astype("<f4").tobytes()
    assert (data["cell"], data["units"]) == (cell, hidden.shape[1])
    assert (data["row"]["symbol"], data["row"]["low"], data["row"]["high"]) == ("h_t", -1.0, 1.0)
    assert [token["text"] for token in data["tokens"]] == list(WORDS)
    assert [token["known"] for token in data["tokens"]] == [word != "<b>" for word in WORDS]


def test_the_guesses_are_the_likeliest_outputs_of_each_step(cases: dict[str, Case]) -> None:
    trace = cases["gru"].trace
    rows = drawing("en", trace)["next"]
    assert len(rows) == len(trace)
    for step, row in enumerate(rows):
        assert [guess["p"] for guess in row] == sorted(map(float, trace.distribution[step]))[::-1][:GUESSES]
        assert row[0]["text"] == trace.outputs[int(np.argmax(trace.distribution[step]))]
    assert rows[-1][0]["text"] == trace.reply.text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_everything_can_be_sent_and_every_term_speaks(cases: dict[str, Case], lang: str) -> None:
    for case in cases.values():
        data = json.loads(json.dumps(drawing(lang, case.trace), allow_nan=False))
        assert {term["markup"] for term in data["terms"]} == set(TERMS)
        assert all(len(term["says"]) > 5 for term in data["terms"])


def test_the_equation_of_an_rnn_is_written_out_and_those_with_gates_in_short() -> None:
    assert equation("rnn") == ("h_t", "tanh(W_{hh} h_{t-1} + W_{xh} x_t + b)")
    assert equation("lstm") == ("h_t, c_t", "LSTM(h_{t-1}, c_{t-1}, x_t; W_{hh}, W_{xh}, b)")
    assert equation("gru") == ("h_t", "GRU(h_{t-1}, x_t; W_{hh}, W_{xh}, b)")


def app(step: int | None) -> None:
    import streamlit as st

    import rnn_core as rc
    from pages._ui.components import unrolled
    from rnn_core.specs import ModelSpec

    trace = rc.run(ModelSpec(cell="rnn", hidden=4, weights="fresh"), ["今日", "は", "雨"])
    told: list[int] = st.session_state.setdefault("told", [])
    st.text(f"rests on {unrolled('ja', trace, step=step, on_step_change=told.append)}")


def sent(at: AppTest) -> dict[str, object]:
    return json.loads(at.get("bidi_component")[0].proto.json)[0]


def test_the_page_gets_the_step_and_the_drawing_is_not_sent_again() -> None:
    at = AppTest.from_function(app, kwargs={"step": None}, default_timeout=60).run()
    assert not at.exception
    first = sent(at)
    assert (at.text[0].value, first["at"]["step"], at.session_state["told"]) == ("rests on None", 3, [])
    at.session_state["unrolled"] = {"spot": {"of": first["id"], "step": 2}}
    at.run()
    assert at.text[0].value == "rests on 2"
    assert sent(at) == first


@pytest.mark.parametrize(("given", "opened"), [(1, 1), (3, 3), (0, 1), (99, 3), (None, 3)])
def test_it_opens_at_a_step_that_exists(given: int | None, opened: int) -> None:
    at = AppTest.from_function(app, kwargs={"step": given}, default_timeout=60).run()
    assert sent(at)["at"]["step"] == opened
