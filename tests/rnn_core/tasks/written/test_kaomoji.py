from __future__ import annotations

import pytest

from rnn_core.tasks.written import kaomoji


def test_the_curated_list_holds_to_its_rule_and_to_its_signs() -> None:
    texts = kaomoji.texts()
    assert all(kaomoji.is_shown(text) for text in texts)
    assert all(kaomoji.SHORTEST <= len(text) <= kaomoji.LONGEST for text in texts)
    assert set("".join(texts)) <= kaomoji.ALLOWED


@pytest.mark.parametrize("text", ["won", "(oxo)", "ヘノ", "凸(^_^)", "(人)", "(･)(･)", "(*)", "⊂=", "(^_^)8", "あ"])
def test_words_and_drawings_are_not_shown(text: str) -> None:
    assert not kaomoji.is_shown(text)


@pytest.mark.parametrize("text", ["", "(", "(^_^)", "(´･ω･`)", "ヽ(･∀･)ノ", "m(__)m", "oo"])
def test_faces_and_their_beginnings_are(text: str) -> None:
    assert kaomoji.is_shown(text)


def test_signs_that_look_alike_are_one_and_gaps_go() -> None:
    assert kaomoji.plain("（　＾＿＾ ）") == "(^_^)"
    assert kaomoji.characters("(^_^)") == kaomoji.characters("^_()")
