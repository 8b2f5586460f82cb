"""Melodies as words, for networks that know nothing of pitches and lengths: each note is one, as a reader writes it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal

from rnn_core.tasks.music.melodies import every_melody
from rnn_core.tasks.music.notation import write_notes
from rnn_core.tasks.written import END
from rnn_core.text.tokenizer import Tokenizer
from rnn_core.text.vocabulary import Vocabulary

if TYPE_CHECKING:
    from rnn_core.tasks.music.melodies import Melody

TASK: Literal["melodies"] = "melodies"
"""What the lab calls it."""


def words(melody: Melody) -> tuple[str, ...]:
    """Its notes.

    Example:
        >>> from rnn_core.tasks.music.melodies import find_melody
        >>> words(find_melody("bwv245.26"))[:3]
        ('C4', 'G4', 'G4')
    """
    return tuple(write_notes((note,)) for note in melody.notes)


@cache
def tokenizer() -> Tokenizer:
    """How such a network reads, and what it can say: every note that there is, and the end."""
    notes = tuple(sorted({word for one in every_melody() for word in words(one)}))
    return Tokenizer(Vocabulary(notes), (*notes, END), (*[False] * len(notes), True), by="gap")
