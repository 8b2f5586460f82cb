"""Every encoder-decoder by its spec: trained, fresh, or the one that comes with e2k; and what its numbers stand for."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import torch
from safetensors.torch import save as safetensors_bytes

from rnn_core.errors import KiokuError
from rnn_core.models import weights
from rnn_core.models.initial_values import InitialValues
from rnn_core.models.model_trace import Token
from rnn_core.specs import TranslatorSpec
from rnn_core.tasks import smalltalk
from rnn_core.tasks.translations import TRANSLATIONS
from rnn_core.text.symbols import BEGIN, END
from rnn_core.translation import katakana
from rnn_core.translation.encoder_decoder import EncoderDecoder, Translator

KEPT = 16  # models between runs


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
    symbols = TRANSLATIONS[spec.task].source()
    gloss = smalltalk.gloss if spec.task == "phrases" else _no_gloss
    return tuple(Token(token, token in symbols, gloss(token)) for token in tokens), symbols.encode(tokens)


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


def _no_gloss(_token: str) -> str:
    return ""


def load(spec: TranslatorSpec) -> EncoderDecoder:
    """The model that `spec` names; each call makes a new one, which is the caller's own.

    Trained weights are stored in half precision; every computation is in float32.

    Raises:
        KiokuError: its weights are missing, damaged, or made for other tokens.
    """
    if spec.task == "katakana":
        return katakana.load()
    model = fresh(spec)
    if spec.weights == "trained":
        want = {name: weight.half() for name, weight in model.state_dict().items()}
        model.load_state_dict(weights.read(spec.name, weights.path_of(spec.name), _made_for(spec), want))
    return model


def fresh(spec: TranslatorSpec) -> Translator:
    """The untrained model: torch's own initialisation, drawn from `spec.seed`; the global random state is untouched."""
    with InitialValues(spec.seed):
        known = vocabularies(spec)
        return Translator(spec, len(known.source), len(known.target))


def save(model: Translator, spec: TranslatorSpec, path: Path) -> None:
    """Write trained weights in half precision, and for what they were made; equal weights give equal bytes."""
    weights.write({name: weight.half() for name, weight in model.state_dict().items()}, path, _made_for(spec))


def weights_bytes(spec: TranslatorSpec) -> bytes:
    """The weights of the model of `spec`, those that it writes with, in float32 as a safetensors file with plain names.

    Raises:
        KiokuError: what `load` raises.
    """
    return safetensors_bytes(memoized(spec).state_dict())


def vocabulary_id(spec: TranslatorSpec) -> str:
    """SHA-256 of all tokens of both sides in their order: weights fit one such list and no other."""
    known = vocabularies(spec)
    return hashlib.sha256(json.dumps([known.source, known.target], ensure_ascii=False).encode()).hexdigest()


def _made_for(spec: TranslatorSpec) -> dict[str, str]:
    return {"spec": spec.canonical, "vocabulary": vocabulary_id(spec)}


def memoized(spec: TranslatorSpec) -> EncoderDecoder:
    """The model of `spec`, for reading only, from one run to the next, until its file is written anew.

    Raises:
        KiokuError: what `load` raises.
    """
    return _memoized(spec, weights.written_at(weights.path_of(spec.name)) if spec.weights == "trained" else 0)


@lru_cache(maxsize=KEPT)
def _memoized(spec: TranslatorSpec, _written: int) -> EncoderDecoder:
    with torch.inference_mode(False):  # whoever asks first: what is made in that mode could never be differentiated
        return load(spec).requires_grad_(False)
