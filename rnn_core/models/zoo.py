"""Every model of the project: trained or fresh, and the one way to run and see it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import overload

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import save as safetensors_bytes
from torch import Tensor

from rnn_core.errors import KiokuError
from rnn_core.models import weights
from rnn_core.models.answer import Answer
from rnn_core.models.baselines import KINDS, FeedForwardBaseline
from rnn_core.models.initial_values import InitialValues
from rnn_core.models.language_model import NextOutput, NextWord
from rnn_core.models.model_trace import ModelTrace, Token
from rnn_core.models.transformer import Transformer
from rnn_core.models.transformer_trace import record_transformer
from rnn_core.recurrent.recording import record
from rnn_core.recurrent.trace import Clamp, NamedArrays, Trace
from rnn_core.specs import BaselineSpec, ModelSpec, NetworkSpec, Spec, TransformerSpec
from rnn_core.tasks import smalltalk

KEPT = 16  # models between runs: the shipped ones, and a few untrained


@overload
def load(spec: ModelSpec) -> NextWord: ...
@overload
def load(spec: BaselineSpec) -> FeedForwardBaseline: ...
@overload
def load(spec: TransformerSpec) -> Transformer: ...
@overload
def load(spec: NetworkSpec) -> NextOutput: ...
def load(spec: NetworkSpec) -> NextOutput:
    """The model that `spec` names; each call makes a new one, which is the caller's own.

    Raises:
        KiokuError: its trained weights are missing, damaged, or made for another vocabulary.

    Example:
        >>> sum(weight.numel() for weight in load(ModelSpec(cell="lstm", hidden=16)).recurrent.parameters())
        2688
    """
    if spec.weights == "fresh":
        return fresh(spec)
    model = fresh(spec)
    path = weights.path_of(spec.name)
    model.load_state_dict(weights.read(spec.name, path, made_for(spec), model.state_dict()))
    return model


@overload
def fresh(spec: ModelSpec) -> NextWord: ...
@overload
def fresh(spec: BaselineSpec) -> FeedForwardBaseline: ...
@overload
def fresh(spec: TransformerSpec) -> Transformer: ...
@overload
def fresh(spec: NetworkSpec) -> NextOutput: ...
def fresh(spec: NetworkSpec) -> NextOutput:
    """The untrained model: torch's own initialisation, drawn from `spec.seed`; the global random state is untouched."""
    with InitialValues(spec.seed):
        sizes = len(smalltalk.vocabulary()), len(smalltalk.outputs())
        if isinstance(spec, TransformerSpec):
            return Transformer(spec, *sizes)
        return KINDS[spec.kind](spec, *sizes) if isinstance(spec, BaselineSpec) else NextWord(spec, *sizes)


def save(model: NextOutput, spec: NetworkSpec, path: Path) -> None:
    """Write trained weights, and for what they were made; equal weights give equal bytes."""
    weights.write(model.state_dict(), path, made_for(spec))


def weights_bytes(spec: NetworkSpec) -> bytes:
    """The weights of the model of `spec`, those that `run` computes with, as a safetensors file with torch's names.

    Raises:
        KiokuError: what `load` raises.
    """
    return safetensors_bytes(memoized(spec).state_dict())


def vocabulary_id() -> str:
    """SHA-256 of all words and outputs in their order: weights fit one such list and no other."""
    lists = [smalltalk.vocabulary().words, smalltalk.outputs()]
    return hashlib.sha256(json.dumps(lists, ensure_ascii=False).encode()).hexdigest()


def made_for(spec: Spec) -> dict[str, str]:
    """What a file of trained weights says of itself."""
    return {"spec": spec.canonical, "vocabulary": vocabulary_id()}


def run(spec: ModelSpec | TransformerSpec, tokens: Sequence[str], clamps: Sequence[Clamp] = ()) -> ModelTrace:
    """Run the model of `spec` on a sentence and keep everything that it computed.

    Args:
        spec: which model.
        tokens: the words, at least one; what the vocabulary lacks is embedded as the unknown word.
        clamps: quantities of the recurrent layers to be held; the distribution follows.

    Raises:
        KiokuError: no words, or clamps that the model does not have; and what `load` raises.

    Example:
        >>> run(ModelSpec(cell="lstm", hidden=16), ["今日", "は", "天気", "が", "良い", "ね"]).reply.text
        'そうだね!'
    """
    check_words(tokens)
    model = memoized(spec)
    with torch.inference_mode():
        embedding, layers, attention = _through(model, torch.tensor(smalltalk.vocabulary().encode(tokens)), clamps)
        scores = model.readout(torch.tensor(layers.output))  # (T, V)
        distribution = torch.softmax(scores, dim=-1)  # (T, V)
    return ModelTrace(
        spec=spec,
        tokens=seen(tokens),
        embedding=embedding,
        layers=layers,
        distribution=distribution.numpy(),
        outputs=smalltalk.outputs(),
        ends=ends(),
        parameters=learned(model),
        attention=attention,
    )


def _through(
    model: NextOutput, words: Tensor, clamps: Sequence[Clamp]
) -> tuple[NDArray[np.floating], Trace, tuple[NamedArrays, ...]]:
    """What goes into the layers, what happens in them, and who looks at whom where anyone does."""
    if isinstance(model, Transformer):
        if clamps:
            raise KiokuError("clamp_no_cell", quantity=clamps[0].quantity)
        found = record_transformer(model, words)
        return found.embedding, found.layers, found.attention
    assert isinstance(model, NextWord)
    embedding = model.embedding(words)  # (T, E)
    return embedding.numpy(), record(model.recurrent, embedding, clamps=clamps), ()


def answers(spec: NetworkSpec, sentences: Sequence[Sequence[str]]) -> tuple[Answer, ...]:
    """What the network of `spec` expects after each of some sentences, every one read on its own.

    In a batch the place of a sentence decides over its last bits; alone, equal sentences have equal answers.

    Raises:
        KiokuError: no words, or more than a window has places for; and what `load` raises.

    Example:
        >>> (answer,) = answers(BaselineSpec(kind="bag", hidden=32), [["人", "が", "犬", "を", "噛む"]])
        >>> answer.distribution.shape == (len(answer.outputs),)
        True
    """
    for tokens in sentences:
        check_words(tokens)
    model, vocabulary, outputs, replies = memoized(spec), smalltalk.vocabulary(), smalltalk.outputs(), ends()
    found = []
    with torch.inference_mode():
        for tokens in sentences:
            scores = model(torch.tensor([vocabulary.encode(tokens)]))[0]  # (T, V)
            last = torch.softmax(scores, dim=-1)[-1]  # (V,)
            found.append(Answer(spec, seen(tokens), last.numpy(), outputs, replies))
    return tuple(found)


def learned(model: NextOutput) -> int:
    """How many numbers a model learns between its embedding and its readout."""
    return sum(weight.numel() for weight in model.reading().parameters())


def check_words(tokens: Sequence[str]) -> None:
    """Refuse what is no list of words.

    Raises:
        KiokuError: no words.
    """
    if isinstance(tokens, str) or not tokens or not all(isinstance(token, str) for token in tokens):
        raise KiokuError("not_words", given=repr(tokens))


def seen(tokens: Sequence[str]) -> tuple[Token, ...]:
    """The words as a model receives them."""
    vocabulary = smalltalk.vocabulary()
    return tuple(Token(token, token in vocabulary, smalltalk.gloss(token)) for token in tokens)


def ends() -> tuple[bool, ...]:
    """Which of the outputs are replies: those after the words."""
    words = len(smalltalk.vocabulary()) - 1
    return tuple(index >= words for index in range(len(smalltalk.outputs())))


@overload
def memoized(spec: ModelSpec) -> NextWord: ...
@overload
def memoized(spec: BaselineSpec) -> FeedForwardBaseline: ...
@overload
def memoized(spec: TransformerSpec) -> Transformer: ...
@overload
def memoized(spec: NetworkSpec) -> NextOutput: ...
def memoized(spec: NetworkSpec) -> NextOutput:
    """The model of `spec`, one for all, for reading only, until its file is written anew.

    Raises:
        KiokuError: what `load` raises.
    """
    path = weights.path_of(spec.name)
    return _memoized(spec, path, weights.written_at(path) if spec.weights == "trained" else 0)


@lru_cache(maxsize=KEPT)
def _memoized(spec: NetworkSpec, _path: Path, _written: int) -> NextOutput:
    with torch.inference_mode(False):  # whoever asks first: what is made in that mode could never be differentiated
        return load(spec).requires_grad_(False)
