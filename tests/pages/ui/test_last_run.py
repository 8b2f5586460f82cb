from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from pages._ui import last_run


def session() -> None:
    """A session in which runs count themselves, and say what of the address they have read."""
    import streamlit as st

    from pages._ui import last_run

    left = last_run.left()
    left.written["runs"] = str(int(left.written.get("runs", "0")) + 1)
    st.json(last_run.query({"cell": "gru"}))


def test_what_a_run_leaves_is_there_in_the_next_one_and_in_no_other_session() -> None:
    at = AppTest.from_function(session).run().run()
    assert at.session_state[last_run.KEY].written == {"runs": "2"}
    assert AppTest.from_function(session).run().session_state[last_run.KEY].written == {"runs": "1"}


@pytest.mark.parametrize(
    "asked", [{"cell": ["gru"]}, {"cell": ["lstm", "gru", "lstm"]}, {"cell": ["gru"], "t": ["1", "2"]}, {}]
)
def test_the_address_is_read_with_all_values_of_each_parameter(asked: dict[str, list[str]]) -> None:
    at = AppTest.from_function(session)
    at.query_params = asked
    assert at.run().json[0].value == json.dumps(asked)


def test_a_session_that_has_drawn_nothing_has_no_chapter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(last_run, "left", last_run.LastRun)
    with pytest.raises(LookupError, match="no chapter"):
        last_run.page()
