from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from streamlit.runtime.state.safe_session_state import SafeSessionState
from streamlit.testing.v1 import AppTest

from pages._ui import session_keys

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def plain() -> Iterator[Any]:
    """Streamlit's own, which is there again afterwards."""
    before = vars(SafeSessionState)["filtered_state"]
    yield before
    SafeSessionState.filtered_state = before  # type: ignore[misc]


def fields() -> None:
    """A page with the widgets that ask, two of them for nothing."""
    import streamlit as st
    from streamlit.runtime.state.session_state_proxy import get_session_state

    st.session_state.setdefault("own", "a")
    st.session_state.setdefault("size", None)
    st.session_state.setdefault("name", None)
    st.text_input("Text", "b", key="text")
    st.text_input("Name", "b", key="name")
    st.number_input("Number", value=2, key="number")
    st.number_input("Size", value=2, key="size")
    st.selectbox("List", ["c", "d"], key="list")
    st.selectbox("Nameless", ["c", "d"])
    kept = get_session_state().filtered_state
    st.json({"held": {key: kept[key] for key in kept}, "size": len(kept), "none": "missing" in kept})


def said(at: AppTest) -> list[object]:
    """What the page shows and holds."""
    fields = [*at.text_input, *at.number_input, *at.selectbox]
    return [*((field.value, str(field.proto).replace(field.proto.id, "")) for field in fields), at.json[0].value]


def test_widgets_are_what_they_are_without_it(plain: Any) -> None:
    at = AppTest.from_function(fields).run()
    before = [said(at), said(at.number_input(key="number").set_value(5).run())]
    session_keys.look_up()
    assert vars(SafeSessionState)["filtered_state"] is not plain
    at = AppTest.from_function(fields).run()
    assert [said(at), said(at.number_input(key="number").set_value(5).run())] == before
    assert '"none": false' in at.json[0].value or '"none":false' in at.json[0].value
