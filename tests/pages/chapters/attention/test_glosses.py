from __future__ import annotations

from pages._chapters.attention.decoded import named
from pages._chapters.attention.glosses import glossed
from rnn_core.specs import TranslatorSpec
from rnn_core.translation.decoding import translate


def test_only_kana_are_glossed_and_only_for_those_who_may_not_read_them() -> None:
    assert glossed("トキオ", "en") == "トキオ (tokio)"
    assert glossed("トキオ", "ja") == "トキオ"
    assert glossed("misaki", "en") == "misaki"


def test_kana_have_their_romaji_for_those_who_do_not_read_them() -> None:
    spec = TranslatorSpec(task="names", attention="none", hidden=8, weights="fresh")
    source = named(translate(spec, tuple("ゆき・じ"), length=2)).source
    assert [token.gloss for token in source.tokens] == ["yu", "ki", "", "ji"]
