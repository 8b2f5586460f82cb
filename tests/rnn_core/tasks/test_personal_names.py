from __future__ import annotations

import pytest

from rnn_core.tasks.personal_names import readings, romaji


def test_the_names_are_there_in_an_order_of_their_own() -> None:
    assert len(romaji()) > 9000
    assert len(readings()) > 70_000
    assert list(romaji()) == sorted(romaji())
    assert list(readings()) == sorted(readings())


@pytest.mark.parametrize(
    ("kana", "latin"),
    [
        ("はなこ", "hanako"),
        ("しょうた", "shouta"),
        ("たろう", "tarou"),
        ("ゆうき", "yuuki"),
        ("じゅんぺい", "junpei"),
        ("けいいち", "keiichi"),
        ("のりいち", "noriichi"),
    ],
)
def test_all_romaji_are_of_one_system_which_writes_every_vowel(kana: str, latin: str) -> None:
    assert romaji()[kana] == latin


def test_a_name_in_kanji_has_all_its_readings_once() -> None:
    assert len(readings()["尚史"]) > 10
    assert "taro" not in readings()["太郎"]
    assert "tarou" in readings()["太郎"]
    assert all(len(set(latin)) == len(latin) for latin in readings().values())
    assert {latin for found in readings().values() for latin in found} <= set(romaji().values())
