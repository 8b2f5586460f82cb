from __future__ import annotations

import pytest

from pages._ui.base_path import below_base


@pytest.mark.parametrize(("base", "found"), [("", "/live/7"), ("kioku", "/kioku/live/7"), ("/a/b/", "/a/b/live/7")])
def test_an_address_is_below_the_base_however_its_slashes_are_written(
    monkeypatch: pytest.MonkeyPatch, base: str, found: str
) -> None:
    monkeypatch.setattr("streamlit.config.get_option", {"server.baseUrlPath": base}.__getitem__)
    assert below_base("/live/7") == found
