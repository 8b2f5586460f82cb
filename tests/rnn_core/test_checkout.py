"""Files of the checkout: how a message calls them, and that a damaged manifest is told from a whole one."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import TypeAdapter
from typing_extensions import TypedDict

from rnn_core import KiokuError, checkout


class Told(TypedDict):
    models: dict[str, float]
    machine: str


FORM = TypeAdapter(Told)
WHOLE = b'{"models": {"a": 0.5}, "machine": "x86_64", "more": 1}'


def test_a_message_names_a_file_without_the_place_of_the_checkout(tmp_path: Path) -> None:
    assert checkout.named(Path(checkout.__file__)) == "rnn_core/checkout.py"
    assert checkout.named(tmp_path / "deep" / "task.json") == "task.json"


def test_a_whole_manifest_is_read(tmp_path: Path) -> None:
    (tmp_path / "task.json").write_bytes(WHOLE)
    assert checkout.manifest(tmp_path / "task.json", FORM) == {"models": {"a": 0.5}, "machine": "x86_64"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (None, "manifest_missing"),
        (b"", "manifest_damaged"),
        (WHOLE[:30], "manifest_damaged"),
        (b"\xff\xfe\x00", "manifest_damaged"),
        (b"<!DOCTYPE html>", "manifest_damaged"),
        (b"[1, 2]", "manifest_damaged"),
        (b"null", "manifest_damaged"),
        (b'{"models": {"a": 0.5}}', "manifest_damaged"),
        (b'{"models": {"a": "0.5"}, "machine": "x86_64"}', "manifest_damaged"),
        (b'{"models": ["a"], "machine": "x86_64"}', "manifest_damaged"),
    ],
)
def test_a_damaged_manifest_is_said_with_its_name_and_the_remedy(
    tmp_path: Path, content: bytes | None, code: str
) -> None:
    path = tmp_path / "task.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(KiokuError) as caught:
        checkout.manifest(path, FORM)
    assert caught.value.code == code
    for lang in ("ja", "en"):
        said = caught.value.text(lang)
        assert "`git checkout -- task.json`" in said
        assert "`make models`" in said
        assert str(tmp_path) not in said


def test_a_folder_in_its_place_is_damage_too(tmp_path: Path) -> None:
    with pytest.raises(KiokuError, match="damaged"):
        checkout.manifest(tmp_path, FORM)


@pytest.mark.parametrize("raw", [None, b"", b"[1, 2", b"\xff", b'["a"]'])
def test_data_that_are_not_as_they_should_be_say_how_to_get_them_back(tmp_path: Path, raw: bytes | None) -> None:
    path, form = tmp_path / "numbers.json", TypeAdapter(list[int])
    path.write_bytes(b"[1, 2]")
    assert checkout.table(path, form) == [1, 2]
    path.unlink() if raw is None else path.write_bytes(raw)
    with pytest.raises(KiokuError, match="git checkout") as caught:
        checkout.table(path, form)
    assert caught.value.code == "data_damaged"
