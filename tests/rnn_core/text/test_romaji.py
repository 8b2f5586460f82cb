from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_core.tasks.loanwords import USUAL
from rnn_core.tasks.names.corpus import source
from rnn_core.text.romaji import KANA, SMALL, romanize, romanize_word
from rnn_core.text.symbols import SPECIALS


@pytest.mark.parametrize(
    ("kana", "latin"),
    [
        ("たろう", "tarou"),
        ("ゆうき", "yuuki"),
        ("けいいち", "keiichi"),
        ("おおすけ", "oosuke"),
        ("しんいち", "shinichi"),
        ("じゅんぺい", "junpei"),
        ("りょう", "ryou"),
        ("しゃちゅじょ", "shachujo"),
        ("ちぇこ", "cheko"),
        ("こぅいち", "kouichi"),
        ("いっぺい", "ippei"),
        ("はっちょう", "hatchou"),
        ("かをる", "kaoru"),
        ("づつぢじ", "zutsujiji"),
        ("ゃっ", "yat"),
        ("トウキョウ", "toukyou"),
        ("トーキョー", "tookyoo"),
        ("トキオ", "tokio"),
        ("ウィンドウ", "windou"),
        ("ヴァイオリン", "vaiorin"),
        ("ウェザー", "wezaa"),
        ("ティー", "tii"),
        ("デュエット", "dyuetto"),
        ("ファイル", "fairu"),
        ("チェック", "chekku"),
        ("ー", "ー"),
        ("", ""),
    ],
)
def test_kana_by_kana(kana: str, latin: str) -> None:
    assert romanize(kana) == latin


@given(st.text(sorted(set(KANA) | set(SMALL) | {"っ"}), max_size=12), st.text(sorted(KANA), min_size=1, max_size=12))
def test_what_begins_with_a_whole_kana_hangs_on_nothing_before_it(before: str, after: str) -> None:
    if not before.endswith("っ"):
        assert romanize(before + after) == romanize(before) + romanize(after)


def test_all_that_can_be_typed_and_written_has_romaji() -> None:
    for kana in (*set(source().words) - {*SPECIALS, "・"}, *(word for spelt in USUAL.values() for word in spelt)):
        assert romanize(kana).isascii(), kana


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
def test_a_word_of_kana_is_written_in_letters(word: str, letters: str) -> None:
    assert romanize_word(word) == letters


@pytest.mark.parametrize("word", ["天気", "てん気", "Tokyo", "␣", "てんき。", "🎉", ""])
def test_what_is_not_all_kana_has_none(word: str) -> None:
    assert romanize_word(word) == ""


@given(st.text(st.characters(min_codepoint=0x3040, max_codepoint=0x30FF), max_size=12))
def test_kana_become_letters_alone(word: str) -> None:
    assert romanize_word(word) == "" or (romanize_word(word).isascii() and romanize_word(word).isalpha())


def test_every_kana_of_the_table_has_letters() -> None:
    assert all(romanize_word(kana) for kana in KANA)
