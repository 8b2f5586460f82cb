"""Catalogues: every id has one text a language; what is missing or damaged is said, not skipped."""

from __future__ import annotations

import itertools
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_core import messages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def test_places_are_filled() -> None:
    assert (
        messages.text("errors.unknown_cell", "en", given="x", known="rnn")
        == "There is no cell 'x'. Choose one of: rnn."
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (1, "1 word"),
        ("1", "1 word"),
        (2, "2 words"),
        ("1.0", "1.0 words"),
        ("1,000", "1,000 words"),
        ("< 1", "< 1 words"),
    ],
)
def test_a_number_has_the_plural_form_of_its_language(words: object, said: str) -> None:
    assert messages.text("parameters_by_length.here", "en", words=words) == f"this sentence ({said})"
    assert messages.text("parameters_by_length.here", "ja", words=words) == f"いまの文（{words} 語）"


@pytest.mark.parametrize("number", ["NaN", "∞", "–"])
def test_what_is_no_number_has_the_general_form(number: str) -> None:
    assert messages.text("parameters_by_length.here", "en", words=number) == f"this sentence ({number} words)"


@pytest.mark.parametrize("form", ["one {at}", "other {at}", 'msgstr[1] "other {at}"\n'])
def test_a_plural_entry_with_a_form_too_few_is_damage(locale: Path, form: str) -> None:
    entry = 'msgid "home.a"\nmsgid_plural "{at}"\nmsgstr[0] "one {at}"\nmsgstr[1] "other {at}"\n'
    path = locale / "en" / "home.po"
    others = path.read_text(encoding="utf-8").split("\n\n", 1)[1]
    path.write_text(f"{entry}\n{others}", encoding="utf-8")
    messages._loaded.cache_clear()
    assert [messages.text("home.a", "en", at=at) for at in (1, 3)] == ["one 1", "other 3"]
    assert messages.complaint("en") == ""
    path.write_text(f"{entry}\n{others}".replace(form, ""), encoding="utf-8")
    messages._loaded.cache_clear()
    assert [messages.text("home.a", "en", at=at) for at in (1, 3)] == ["ja a 1", "ja a 3"]
    assert messages.complaint("en") == "`rnn_core/locale/en/home.po`"


def test_what_is_missing_is_a_lookup_error() -> None:
    with pytest.raises(LookupError, match="no message"):
        messages.text("home.no_such_thing", "ja")
    with pytest.raises(LookupError, match="no catalogue"):
        messages.text("errors.unknown_cell", "fr")
    with pytest.raises(LookupError):
        messages.text("errors.unknown_cell", "en", given="x")


@pytest.fixture
def locale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Two small catalogues of two files each, whole as they are."""
    for lang in messages.LANGUAGES:
        (tmp_path / lang).mkdir()
        for room in ("ui", "home"):
            rows = [f'msgid "{room}.{name}"\nmsgstr "{lang} {name} {{at}}"\n' for name in ("a", "b", "c")]
            (tmp_path / lang / f"{room}.po").write_text("\n".join(rows), encoding="utf-8")
        with (tmp_path / lang / "ui.po").open("a", encoding="utf-8") as file:
            file.write('\nmsgid "ui.catalogue"\nmsgstr "{files}"\n')
    monkeypatch.setattr(messages, "LOCALE", tmp_path)
    messages._loaded.cache_clear()
    yield tmp_path
    messages._loaded.cache_clear()


DAMAGE: dict[str, Callable[[bytes], bytes | None]] = {
    "missing": lambda _: None,
    "empty": lambda _: b"",
    "truncated in a text": lambda raw: raw[: len(raw) // 2],
    "truncated between two messages": lambda raw: raw[: raw.index(b'\nmsgid "home.b"')],
    "another file": lambda raw: raw.replace(b"home.", b"cell."),
    "no catalogue": lambda _: b"<!DOCTYPE html>\n<p>404</p>\n",
    "no text at all": lambda _: bytes(range(256)),
    "a header of its own": lambda raw: b'msgid ""\nmsgstr "Content-Type: text/plain; charset=none"\n\n' + raw,
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_what_a_damaged_file_does_not_say_is_said_in_the_other_language(
    locale: Path, damage: Callable[[bytes], bytes | None]
) -> None:
    harm(locale / "en" / "home.po", damage)
    assert messages.text("home.c", "en", at=1) == "ja c 1"
    assert messages.text("ui.c", "en", at=1) == "en c 1"
    assert messages.complaint("en") == "`rnn_core/locale/en/home.po`"
    assert messages.complaint("ja") == ""
    assert messages.text("home.c", "ja", at=1) == "ja c 1"


@pytest.mark.parametrize("damage", [DAMAGE[name] for name in ("empty", "truncated in a text", "no catalogue")])
def test_where_both_are_damaged_the_id_stands_for_the_text(
    locale: Path, damage: Callable[[bytes], bytes | None]
) -> None:
    for lang in messages.LANGUAGES:
        harm(locale / lang / "home.po", damage)
    assert messages.text("home.c", "en", at=1) == "home.c"
    assert messages.complaint("en") or messages.complaint("ja")
    with pytest.raises(LookupError):
        messages.text("ui.no_such_thing", "en")


def test_without_any_catalogue_ids_stand_for_texts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, locale: Path
) -> None:
    monkeypatch.setattr(messages, "LOCALE", tmp_path / "nowhere")
    messages._loaded.cache_clear()
    assert messages.text("home.c", "ja", at=1) == "home.c"
    assert messages.complaint("ja") == messages.NO_TEXTS


def test_a_place_that_is_damaged_is_filled_in_the_other_language(locale: Path) -> None:
    path = locale / "en" / "home.po"
    for wrong in ("{at", "{ta}", "{}", "at}"):
        harm(path, lambda raw, wrong=wrong: raw.replace(b"en a {at}", wrong.encode()))
        assert messages.text("home.a", "en", at=1) == "ja a 1"
        harm(path, lambda raw, wrong=wrong: raw.replace(wrong.encode(), b"en a {at}", 1))


def test_the_complaint_names_the_files_and_the_remedy_in_the_reader_s_language(monkeypatch, tmp_path) -> None:
    for lang in messages.LANGUAGES:
        shutil.copytree(messages.LOCALE / lang, tmp_path / lang)
    monkeypatch.setattr(messages, "LOCALE", tmp_path)
    for lang, other in itertools.permutations(messages.LANGUAGES):
        messages._loaded.cache_clear()
        (tmp_path / lang / "home.po").rename(tmp_path / "kept.po")
        assert f"`git checkout -- rnn_core/locale/{lang}/home.po`" in messages.complaint(lang)
        assert messages.complaint(lang) != messages.complaint(other) == ""
        shutil.move(tmp_path / lang, tmp_path / "gone")
        messages._loaded.cache_clear()
        assert f"`git checkout -- rnn_core/locale/{lang}`" in messages.complaint(lang)
        shutil.move(tmp_path / "gone", tmp_path / lang)
        (tmp_path / "kept.po").rename(tmp_path / lang / "home.po")
    messages._loaded.cache_clear()


@given(st.data())
def test_no_damage_ends_in_anything_but_a_text(data: st.DataObject) -> None:
    raw = (messages.LOCALE / "en" / "ui.po").read_bytes()
    begin, end = sorted(data.draw(st.tuples(*[st.integers(0, len(raw))] * 2)))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "ui.po"
        path.write_bytes(raw[:begin] + data.draw(st.binary(max_size=40)) + raw[end:])
        found, whole = messages._read(path, "en")
    assert all(key.startswith("ui.") and value for key, value in found.items())
    assert found or not whole


def harm(path: Path, damage: Callable[[bytes], bytes | None]) -> None:
    harmed = damage(path.read_bytes())
    path.unlink() if harmed is None else path.write_bytes(harmed)
    messages._loaded.cache_clear()
