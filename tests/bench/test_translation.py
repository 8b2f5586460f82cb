from __future__ import annotations

import bench.translation as measured
from bench.translation import BEAM_MS, GAP, TOKENS, WORD, apart, english, equal, section, sentence
from rnn_core.models.attention import attend
from rnn_core.specs import TranslatorSpec


def test_the_words_are_many_and_differ() -> None:
    words = english()
    assert len(words) == len(set(words)) == 1000
    assert all(word.isascii() and word.islower() for word in words)


def test_the_sentence_is_held_out_and_of_the_length_that_is_asked() -> None:
    assert len(sentence()) == TOKENS


def test_equal_counts_what_the_package_writes(monkeypatch) -> None:
    words = ["tea", "weather", "network"]
    assert equal(words) == 3
    monkeypatch.setattr(measured, "written", lambda _model, words: ["ティー"] * len(words))
    assert equal(words) == 1


def test_attention_is_torchs_and_another_one_is_told_apart(monkeypatch) -> None:
    assert apart(english(40)) <= GAP
    monkeypatch.setattr(measured.katakana, "attend", lambda scores, memory, held: attend(scores * 1.01, memory, held))
    assert apart(english(40)) > 1e-4


def test_the_section_has_a_row_a_network(monkeypatch) -> None:
    monkeypatch.setattr(
        measured, "SPECS", (TranslatorSpec(task="phrases", attention="dot", hidden=4, weights="fresh"),)
    )
    text = section(rounds=1, count=3)
    assert text.count(f"< {BEAM_MS} ms") == 2
    assert f"| katakana-dot-128-seed0 | {len(WORD) + 2} |" in text
    assert "3 of 3 English words" in text
