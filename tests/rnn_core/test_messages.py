"""Catalogues: every id has one text a language; what is missing is said, not skipped."""

from __future__ import annotations

import pytest

from rnn_core import messages


def test_places_are_filled() -> None:
    assert (
        messages.text("errors.unknown_cell", "en", given="x", known="rnn") == "There is no cell 'x'. Take one of: rnn."
    )


def test_what_is_missing_is_a_lookup_error() -> None:
    with pytest.raises(LookupError, match="no message"):
        messages.text("home.no_such_thing", "ja")
    with pytest.raises(LookupError, match="no catalogue"):
        messages.text("errors.unknown_cell", "fr")
    with pytest.raises(LookupError):
        messages.text("errors.unknown_cell", "en", given="x")


def test_an_id_in_two_files_is_refused(tmp_path, monkeypatch) -> None:
    for name in ("a.po", "b.po"):
        (tmp_path / "en").mkdir(exist_ok=True)
        (tmp_path / "en" / name).write_text('msgid "a.b"\nmsgstr "c"\n', encoding="utf-8")
    monkeypatch.setattr(messages, "LOCALE", tmp_path)
    messages.catalogue.cache_clear()
    try:
        with pytest.raises(LookupError, match="second time"):
            messages.catalogue("en")
    finally:
        messages.catalogue.cache_clear()


def test_long_prose_is_markdown_of_a_language(tmp_path, monkeypatch) -> None:
    (tmp_path / "ja").mkdir()
    (tmp_path / "ja" / "home.md").write_text("記憶", encoding="utf-8")
    monkeypatch.setattr(messages, "LOCALE", tmp_path)
    assert messages.prose("home", "ja") == "記憶"
