from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis.strategies import characters, text

from rnn_core.text.romaji import LETTERS, romanize


@pytest.mark.parametrize(
    ("word", "letters"),
    [
        ("くるまで", "kurumade"),
        ("んき", "nki"),
        ("しゅっぱつ", "shuppatsu"),
        ("ジャム", "jamu"),
        ("ファン", "fan"),
        ("ティー", "tii"),
        ("って", "tte"),
        ("っ", "t"),
        ("ー", ""),
        ("ゃ", "ya"),
        ("きゃ", "kya"),
        ("ヴァ", "va"),
    ],
)
def test_it_is_hepburn_kana_by_kana(word: str, letters: str) -> None:
    assert romanize(word) == letters


@pytest.mark.parametrize("word", ["天気", "てん気", "Tokyo", "␣", "てんき。", "🎉", ""])
def test_what_is_not_all_kana_has_none(word: str) -> None:
    assert romanize(word) == ""


@given(text(characters(min_codepoint=0x3040, max_codepoint=0x30FF), max_size=12))
def test_kana_become_letters_alone(word: str) -> None:
    assert romanize(word) == "" or (romanize(word).isascii() and romanize(word).isalpha())


def test_every_kana_of_the_table_has_letters() -> None:
    assert all(romanize(kana) for kana in LETTERS)
