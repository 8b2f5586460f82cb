"""The network that expects the next note: a recurrent layer over pitches and lengths, and from its state both."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn

from rnn_core.models.family import Family
from rnn_core.models.language_model import RECURRENT
from rnn_core.tasks.music.melodies import LENGTHS, PITCHES
from rnn_core.text.tokenizer import Tokenizer
from rnn_core.text.vocabulary import Vocabulary

if TYPE_CHECKING:
    from rnn_core.tasks.music.spec import MusicSpec

BY_PITCH, BY_LENGTH = 32, 12  # numbers that stand for a pitch, and for a length
EDGE = len(PITCHES)
"""The pitch that stands before the first note, and is expected after the last."""


class MelodyModel(nn.Module):
    """Notes in; out comes a score for each pitch, and for each length of a note of a given pitch.

    The next note is drawn in two steps: its pitch, or that there is none, then its length. So a table of P + 1 pitches
    and one of D lengths take the place of one of P · D notes.

    Example:
        >>> from rnn_core.tasks.music.spec import MusicSpec
        >>> model, first = MelodyModel(MusicSpec(cell="gru")), torch.tensor([[EDGE, 3]])
        >>> model.pitch_scores(model.states(first, torch.tensor([[0, 1]]))).shape[-1] == EDGE + 1
        True
    """

    def __init__(self, spec: MusicSpec) -> None:
        super().__init__()
        self.pitch = nn.Embedding(len(PITCHES) + 1, BY_PITCH)
        self.length = nn.Embedding(len(LENGTHS), BY_LENGTH)
        self.recurrent = RECURRENT[spec.cell](BY_PITCH + BY_LENGTH, spec.hidden, batch_first=True)
        self.next_pitch = nn.Linear(spec.hidden, len(PITCHES) + 1)
        self.next_length = nn.Linear(spec.hidden, len(LENGTHS))
        self.length_by_pitch = nn.Embedding(len(PITCHES) + 1, len(LENGTHS))

    def embed(self, pitches: Int[Tensor, "*B T"], lengths: Int[Tensor, "*B T"]) -> Float[Tensor, "*B T E"]:
        """What the recurrent layer receives of notes."""
        return torch.cat([self.pitch(pitches), self.length(lengths)], dim=-1)

    def states(self, pitches: Int[Tensor, "B T"], lengths: Int[Tensor, "B T"]) -> Float[Tensor, "B T H"]:
        """The hidden state after each note."""
        states: Tensor = self.recurrent(self.embed(pitches, lengths))[0]
        return states

    def pitch_scores(self, states: Float[Tensor, "*B H"]) -> Float[Tensor, "*B P"]:
        """The score of each next pitch, the end last, before softmax."""
        scores: Tensor = self.next_pitch(states)
        return scores

    def length_scores(self, states: Float[Tensor, "*#B H"], pitches: Int[Tensor, "*#B"]) -> Float[Tensor, "*#B D"]:
        """The score of each length of a next note of these pitches, before softmax."""
        scores: Tensor = self.next_length(states) + self.length_by_pitch(pitches)
        return scores


def build_melody(spec: MusicSpec, _: Tokenizer) -> MelodyModel:
    """The network of a spec, with torch's first values."""
    return MelodyModel(spec)


@cache
def no_words() -> Tokenizer:
    """It reads notes: what every network has to read by names the pitches and lengths for which it was made."""
    return Tokenizer(Vocabulary(()), (*map(str, PITCHES), *(f"/{length}" for length in LENGTHS)))


def tokenizer_of(_: MusicSpec) -> Tokenizer:
    """The same for every spec."""
    return no_words()


MELODIES: Family[MusicSpec, MelodyModel] = Family(build_melody, tokenizer_of, stored=torch.float16)
