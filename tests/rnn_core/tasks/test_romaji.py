from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_core.tasks.loanwords import USUAL
from rnn_core.tasks.names.corpus import source
from rnn_core.tasks.romaji import KANA, SMALL, romanise
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
        ("ゃっ", "ya"),
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
    assert romanise(kana) == latin


@given(st.text(sorted(set(KANA) | set(SMALL) | {"っ"}), max_size=12), st.text(sorted(KANA), min_size=1, max_size=12))
def test_what_begins_with_a_whole_kana_hangs_on_nothing_before_it(before: str, after: str) -> None:
    if not before.endswith("っ"):
        assert romanise(before + after) == romanise(before) + romanise(after)


def test_all_that_can_be_typed_and_written_has_romaji() -> None:
    for kana in (*set(source().words) - {*SPECIALS, "・"}, *(word for spelt in USUAL.values() for word in spelt)):
        assert romanise(kana).isascii(), kana
