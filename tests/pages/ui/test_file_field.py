from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from pages._ui.file_field import STYLE, ZONE
from rnn_core.messages import LANGUAGES, text
from tests.reading import ROOT


def script() -> None:
    import streamlit as st

    from pages._ui.file_field import take_file

    take_file("A file, at most 3 MB", st.query_params["lang"], key="given", most=3, kinds=["csv"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_field_speaks_the_reader_s_language_and_has_its_limit(lang: str) -> None:
    at = AppTest.from_function(script)
    at.query_params["lang"] = lang
    at.run()
    (field,) = at.get("file_uploader")
    assert (field.proto.max_upload_size_mb, list(field.proto.type)) == (3, [".csv"])
    said = {name: text(f"ui.file.{name}", lang) for name in ("choose", "drop", "refused")}
    assert STYLE.format(zone=ZONE, **said) in [html.proto.body for html in at.get("html")]
    (named,) = at.get("bidi_component")
    called = {"choose": said["choose"], "remove": text("ui.file.remove", lang, name="{name}")}
    assert json.loads(named.proto.json) == {"field": "given", **called}
    assert not any(set('"\\\n<') & set(one) for one in said.values())  # they stand in a style's quotes


def test_no_page_has_another_field_for_files() -> None:
    found = {path.name for path in (ROOT / "pages").rglob("*.py") if "st.file_uploader(" in path.read_text("utf-8")}
    assert found == {"file_field.py"}
