"""A sentence into words or characters: what a network reads one step at a time, and by which numbers it knows them.

Words come from nagisa, itself a recurrent network: a bidirectional LSTM that marks where each word begins. It works on
the text's NFKC form, so full-width ＡＢＣ becomes ABC and ﾊﾟﾝ becomes パン, and it reads İ as I; apart from that every
visible character arrives as it was typed.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, TypeAlias

from rnn_core.errors import KiokuError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rnn_core.text.vocabulary import Vocabulary

MAX_TOKENS = 60
CHARACTERS_PER_WORD = (
    8  # no more text than this is read for each word that may be shown: 10,000 characters cost nothing
)
JOINER = "\N{ZERO WIDTH JOINER}"
SKIN_TONES = range(0x1F3FB, 0x1F400)
FLAG_LETTERS = range(0x1F1E6, 0x1F200)
Pieces: TypeAlias = Literal["word", "character", "gap"]
"""In what a text is cut: words as nagisa finds them, characters, or only where it has gaps."""


@dataclass(frozen=True)
class Segmented:
    """A sentence in pieces.

    Attributes:
        tokens: its words or characters, none of them blank.
        cut: there was more text than the limit.
    """

    tokens: tuple[str, ...]
    cut: bool


@dataclass(frozen=True)
class Token:
    """One word as a model received it.

    Attributes:
        text: the word as it was typed.
        known: whether the model's vocabulary has it; an unknown word is embedded as `<unk>`.
        gloss: its English meaning, "" where there is none.
    """

    text: str
    known: bool
    gloss: str


@dataclass(frozen=True, eq=False)
class Tokenizer:
    """How a model's text becomes numbers, and what its outputs are called: a part of the model.

    Attributes:
        vocabulary: the words that it knows, with their numbers.
        outputs: what it can write, in the order of its readout; () without a readout.
        ends: which of the outputs end what is written.
        glosses: the English meaning of words and outputs, of those that have one.
        by: whether it reads words, characters, or what stands between gaps.

    Example:
        >>> from rnn_core.text.vocabulary import Vocabulary
        >>> tokenizer = Tokenizer(Vocabulary(("犬", "猫")), glosses={"犬": "dog"})
        >>> tokenizer.encode(("犬", "馬")), [token.known for token in tokenizer.receive(("犬", "馬"))]
        ((1, 0), [True, False])
    """

    vocabulary: Vocabulary
    outputs: tuple[str, ...] = ()
    ends: tuple[bool, ...] = ()
    glosses: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    by: Pieces = "word"

    def segment(self, text: str) -> Segmented:
        """A text in the pieces that the model reads.

        Raises:
            KiokuError: nothing is left to read.
        """
        return segment(text, self.by)

    def encode(self, tokens: Sequence[str]) -> tuple[int, ...]:
        """The number of each token, (T,); that of the unknown word where the vocabulary lacks it.

        Raises:
            KiokuError: no tokens, or something else than a list of them.
        """
        if isinstance(tokens, str) or not tokens or not all(isinstance(token, str) for token in tokens):
            raise KiokuError("not_words", given=repr(tokens))
        return self.vocabulary.encode(tokens)

    def receive(self, tokens: Sequence[str]) -> tuple[Token, ...]:
        """The tokens as the model receives them."""
        return tuple(Token(token, token in self.vocabulary, self.gloss(token)) for token in tokens)

    def gloss(self, text: str) -> str:
        """The English meaning of a word or an output, "" where there is none."""
        return self.glosses.get(text, "")

    @cached_property
    def output_glosses(self) -> tuple[str, ...]:
        """The meaning of each output."""
        return tuple(map(self.gloss, self.outputs))

    @cached_property
    def id(self) -> str:
        """SHA-256 of all words and outputs in their order: weights fit one such list and no other."""
        lists = [self.vocabulary.words, self.outputs]
        return hashlib.sha256(json.dumps(lists, ensure_ascii=False).encode()).hexdigest()


def segment(text: str, by: Pieces = "word", limit: int = MAX_TOKENS) -> Segmented:
    """The first `limit` words, characters or pieces between gaps of `text`.

    A space or a line break separates words and is none itself. Control characters and marks that change the direction
    of writing are taken out; anything else stays, also words that no network knows. An emoji of several signs counts as
    one character.

    Raises:
        KiokuError: nothing is left to read.

    Example:
        >>> segment("今日は天気が良いね").tokens
        ('今日', 'は', '天気', 'が', '良い', 'ね')
        >>> segment("暑い", by="character").tokens
        ('暑', 'い')
        >>> segment("0.25* −1", by="gap").tokens
        ('0.25*', '−1')
    """
    pieces = visible(text).split()
    if not pieces:
        raise KiokuError("empty_text")
    tokens: list[str] = []
    room = limit * CHARACTERS_PER_WORD
    for piece in pieces:
        if room <= 0 or len(tokens) >= limit:
            return Segmented(tuple(tokens[:limit]), cut=True)
        part = piece[:room]
        tokens += [part] if by == "gap" else _words(part) if by == "word" else _glued(part)
        room -= len(piece)
    return Segmented(tuple(tokens[:limit]), cut=room < 0 or len(tokens) > limit)


def visible(text: str) -> str:
    """`text` without what has no shape: controls, direction marks, half surrogates; joiners only inside an emoji."""
    kept: list[str] = []
    for character in text:
        hidden = unicodedata.category(character) in ("Cc", "Cf", "Cs") and not character.isspace()
        joins = character == JOINER and bool(kept) and unicodedata.category(kept[-1]) in ("So", "Sk", "Mn")
        if joins or not hidden:
            kept.append(character)
    return "".join(kept)


def _words(piece: str) -> list[str]:
    # Here, since it takes a second; Python's own import lock lets thirty first visitors wait for one import.
    import nagisa

    words = (word.strip() for word in nagisa.wakati(piece))
    return _glued(word for word in words if word)


def _glued(pieces: Iterable[str]) -> list[str]:
    """Pieces with every mark, skin tone, joined emoji and flag letter put to what it belongs to."""
    glued: list[str] = []
    for piece in pieces:
        if glued and _belongs(piece, glued[-1]):
            glued[-1] += piece
        else:
            glued.append(piece)
    return glued


def _belongs(piece: str, before: str) -> bool:
    first = ord(piece[0])
    mark = unicodedata.category(piece[0]).startswith("M") or piece[0] == JOINER or first in SKIN_TONES
    flag = first in FLAG_LETTERS and len(before) == 1 and ord(before) in FLAG_LETTERS
    return mark or flag or before.endswith(JOINER)
