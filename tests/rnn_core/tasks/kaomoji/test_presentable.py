from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_core.tasks.kaomoji import FEELINGS, MAX_LENGTH, alphabet, curated, is_presentable


@pytest.mark.parametrize(
    "text",
    [
        "(^_^)",
        "ヽ(^▽^)ノ",
        "(´・ω・`)",
        "(T_T)",
        "Σ(°ロ°)",
        "(-_-)zzz",
        "(*’ω’*)エヘヘ",
        "(*￣(エ)￣*) ポッ",
        "ヽ(⌒Д⌒*)ノあ！",
    ],
)
def test_a_plain_face_is_shown(text: str) -> None:
    assert is_presentable(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "(",
        "()",
        "(  )",
        "( ^ )",
        "凸(-_-)",
        "(^_^)凸",
        "( . Y . )",
        "(-_-)/▄︻┻┳═一",
        "(^_^)監禁！",
        "(#ﾟДﾟ)死ね",
        "<script>",
        "(^_^)(^_^)",
        "(^_^\n^)",
        "(" + "^" * 30 + ")",
        "(fuck)",
        "(^_^)٩٩٩٩٩٩٩٩",
    ],
)
def test_anything_else_is_not(text: str) -> None:
    assert not is_presentable(text)


@given(st.text(alphabet=[*alphabet(), "凸", "Y"], max_size=MAX_LENGTH + 5))
def test_what_is_shown_has_one_face_and_no_words(text: str) -> None:
    if is_presentable(text):
        assert len(text) <= MAX_LENGTH
        assert not set(text) & set("凸Y死殺監禁8")


def test_enough_faces_are_shown_of_every_feeling() -> None:
    found = curated()
    assert 1500 < len(found) < 2000
    assert all(sum(face.feeling == feeling for face in found) >= 40 for feeling in FEELINGS)
