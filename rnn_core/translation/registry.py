"""Every encoder-decoder by its spec: trained, fresh, or the one that comes with e2k; and what its numbers stand for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

import torch

from rnn_core.errors import KiokuError
from rnn_core.models.family import Family
from rnn_core.specs import TranslatorSpec
from rnn_core.tasks import smalltalk
from rnn_core.tasks.translations import TRANSLATIONS
from rnn_core.text.symbols import BEGIN, END
from rnn_core.text.tokenizer import Token, Tokenizer
from rnn_core.translation import katakana
from rnn_core.translation.encoder_decoder import EncoderDecoder, Translator


@dataclass(frozen=True)
class Vocabularies:
    """What the numbers of one task stand for.

    Attributes:
        source: the source tokens in the order of their numbers, the special ones included.
        target: the target tokens, likewise.
        begin: the target's number that the decoder receives first.
        end: the one that ends what is written.
        framed: whether the source is read between a begin and an end of its own.
    """

    source: tuple[str, ...]
    target: tuple[str, ...]
    begin: int
    end: int
    framed: bool = False


def vocabularies(spec: TranslatorSpec) -> Vocabularies:
    """What the numbers of a spec's task stand for."""
    if spec.task == "katakana":
        return Vocabularies(*katakana.tables(), framed=True)
    task = TRANSLATIONS[spec.task]
    return Vocabularies(task.source().words, task.target().words, BEGIN, END)


def read_tokens(spec: TranslatorSpec, tokens: Sequence[str]) -> tuple[tuple[Token, ...], tuple[int, ...]]:
    """Source tokens as the model receives them, and their numbers.

    Raises:
        KiokuError: no tokens, or letters that the katakana network has no place for.

    Example:
        >>> read_tokens(TranslatorSpec(task="katakana", attention="dot", hidden=128), ("t", "e", "a"))[1]
        (1, 22, 7, 3, 2)
    """
    if isinstance(tokens, str) or not tokens or not all(isinstance(token, str) and token for token in tokens):
        raise KiokuError("not_words", given=repr(tokens))
    if spec.task == "katakana":
        known = katakana.tables()
        framed = (known.source[known.begin], *katakana.letters("".join(tokens)), known.source[known.end])
        return tuple(Token(letter, True, "") for letter in framed), tuple(map(known.source.index, framed))
    reads = tokenizer(spec)
    return reads.receive(tokens), reads.encode(tokens)


def tokens(spec: TranslatorSpec, text: str) -> tuple[str, ...]:
    """What a reader typed, as the source tokens of a spec's task.

    Raises:
        KiokuError: what the task can't read.
    """
    return katakana.letters(text) if spec.task == "katakana" else TRANSLATIONS[spec.task].tokens(text)


def text(spec: TranslatorSpec, written: Sequence[str]) -> str:
    """Target tokens, without the one that ends, as one would write them.

    Example:
        >>> text(TranslatorSpec(task="katakana", attention="dot", hidden=128), ("テ", "ィ", "ー"))
        'ティー'
    """
    return "".join(written) if spec.task == "katakana" else TRANSLATIONS[spec.task].text(written)


def tokenizer(spec: TranslatorSpec) -> Tokenizer:
    """How the network of a spec reads its source, and what it can write; of the networks that are made here."""
    return task_tokenizer(spec.task)


@cache
def task_tokenizer(name: str) -> Tokenizer:
    """How the networks of a task that are made here read their source, and what they can write."""
    task = TRANSLATIONS[name]
    target = task.target().words
    glosses = smalltalk.tokenizer().glosses if name == "phrases" else {}
    return Tokenizer(task.source(), target, tuple(index == END for index in range(len(target))), glosses)


def build(spec: TranslatorSpec, reads: Tokenizer) -> Translator:
    """The network of a spec, with torch's first values."""
    return Translator(spec, len(reads.vocabulary), len(reads.outputs))


def build_packaged(_spec: TranslatorSpec, _reads: Tokenizer) -> EncoderDecoder:
    """The network for katakana: there is only the one that comes with e2k."""
    return katakana.load()


TRANSLATORS: Family[TranslatorSpec, Translator] = Family(build, tokenizer, stored=torch.float16)
KATAKANA: Family[TranslatorSpec, EncoderDecoder] = Family(build_packaged, tokenizer, packaged=katakana.load)


def family_of(spec: TranslatorSpec) -> Family[TranslatorSpec, EncoderDecoder]:
    """The row of a spec's kind."""
    return KATAKANA if spec.task == "katakana" else cast("Family[TranslatorSpec, EncoderDecoder]", TRANSLATORS)


def memoized(spec: TranslatorSpec) -> EncoderDecoder:
    """The network of `spec`, one for all, for reading only, until its weights are written anew.

    Raises:
        KiokuError: what `Family.load` raises.
    """
    return family_of(spec).memoized(spec)
