from __future__ import annotations

from rnn_core.tasks.written import given_names


def test_every_name_is_kana_with_a_gloss_and_katakana_become_it() -> None:
    assert all("ぁ" <= kana <= "ん" for name in given_names.texts() for kana in name)
    assert given_names.plain("タロウ") == "たろう"
    assert given_names.plain("太郎x") == "太郎x"
    assert [given_names.gloss(kana) for kana in "はんう"] == ["ha", "n", "u"]
