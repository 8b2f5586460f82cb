from __future__ import annotations

from rnn_core.figures.characters import Characters, divided


def test_a_character_that_comes_twice_is_quoted_with_its_place() -> None:
    characters = Characters.of("いいね", "ja")
    assert characters.said(1) == "「い」（2 番目）"
    assert characters.said(2) == "「ね」"
    assert Characters.of("いいね", "en").said(0) == "“い” (no. 1)"


def test_a_space_is_seen() -> None:
    assert Characters.of("あ\u3000b", "en").tokens == ("あ", "␣", "b")
    assert divided(("あ", "\u3000"), "ja") == "「あ|␣」"
