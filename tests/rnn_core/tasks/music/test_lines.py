"""Melodies as words are the notes that the chapter reads, and every one of them is known."""

from __future__ import annotations

from rnn_core.tasks.music import lines
from rnn_core.tasks.music.melodies import every_melody
from rnn_core.tasks.music.notation import read_notes


def test_every_note_is_a_word_that_is_known_and_the_end_is_none() -> None:
    tokenizer = lines.tokenizer()
    for melody in every_melody()[::9]:
        said = lines.words(melody)
        assert tokenizer.segment(" ".join(said)).tokens == said[:60]
        assert all(token.known for token in tokenizer.receive(said))
        assert tuple(note for word in said for note in read_notes(word)) == melody.notes
    assert [text for text, ends in zip(tokenizer.outputs, tokenizer.ends, strict=True) if ends] == [lines.END]
    assert lines.END not in tokenizer.vocabulary
