"""Every network that replies, by its spec: one row a kind, and the one way to load, run and measure any of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from jaxtyping import Float, Int
from torch import Tensor

from rnn_core.errors import KiokuError
from rnn_core.models import measures, minimal_model, responder_measures, transformer_measures
from rnn_core.models.answer import Answer
from rnn_core.models.baselines import FeedForwardBaseline, build_baseline
from rnn_core.models.family import Family, count_parameters
from rnn_core.models.language_model import NextOutput, NextWord, build_next_word, record_next_word
from rnn_core.models.minimal_model import NextMinimal
from rnn_core.models.model_trace import ModelTrace
from rnn_core.models.responder import ReplyModel, build_responder, read_reply, record_reply
from rnn_core.models.transformer import Transformer, build_transformer
from rnn_core.models.transformer_trace import record_transformer
from rnn_core.recurrent.clamps import Clamp
from rnn_core.specs import (
    BaselineSpec,
    MinimalSpec,
    ModelSpec,
    NetworkSpec,
    ReplyingSpec,
    ResponderSpec,
    StatesSpec,
    TransformerSpec,
)
from rnn_core.tasks.language import find_tokenizer
from rnn_core.text.tokenizer import Tokenizer

if TYPE_CHECKING:
    from collections.abc import Callable

    from rnn_core.gradients.gradient_trace import Float64
    from rnn_core.models.measures import Spread


def task_tokenizer(spec: ReplyingSpec) -> Tokenizer:
    """The tokenizer of the task that a spec names."""
    return find_tokenizer(spec.task)


def read_words(model: NextOutput, words: Int[Tensor, " T"]) -> Float[Tensor, "1 T V"]:
    """The score of each output after each word."""
    scores: Tensor = model(words[None])
    return scores


RECURRENT: Family[ModelSpec, NextWord] = Family(
    build_next_word,
    task_tokenizer,
    read=read_words,
    record=record_next_word,
    input_influence=measures.input_influence,
    reply_norms=measures.reply_norms,
)
BASELINES: Family[BaselineSpec, FeedForwardBaseline] = Family(build_baseline, task_tokenizer, read=read_words)
TRANSFORMERS: Family[TransformerSpec, Transformer] = Family(
    build_transformer,
    task_tokenizer,
    read=read_words,
    record=record_transformer,
    input_influence=transformer_measures.input_influence,
    last_influence=transformer_measures.last_influence,
    reply_norms=transformer_measures.reply_norms,
)
RESPONDERS: Family[ResponderSpec, ReplyModel] = Family(
    build_responder,
    task_tokenizer,
    read=read_reply,
    record=record_reply,
    input_influence=responder_measures.input_influence,
    last_influence=responder_measures.last_influence,
    reply_norms=responder_measures.reply_norms,
)
MINIMAL: Family[MinimalSpec, NextMinimal] = Family(
    minimal_model.build_minimal,
    task_tokenizer,
    read=read_words,
    record=record_next_word,
    input_influence=minimal_model.input_influence,
    reply_norms=minimal_model.reply_norms,
)
FAMILIES: Mapping[type[ReplyingSpec], Family[Any, Any]] = {
    ModelSpec: RECURRENT,
    BaselineSpec: BASELINES,
    TransformerSpec: TRANSFORMERS,
    ResponderSpec: RESPONDERS,
    MinimalSpec: MINIMAL,
}


def family_of(spec: ReplyingSpec) -> Family[Any, Any]:
    """The row of a spec's kind."""
    return FAMILIES[type(spec)]


def run(spec: StatesSpec, tokens: Sequence[str], clamps: Sequence[Clamp] = ()) -> ModelTrace:
    """Run the network of `spec` on a sentence and keep everything that it computed.

    Args:
        spec: which network.
        tokens: the words, at least one; what the vocabulary lacks is embedded as the unknown word.
        clamps: quantities of the recurrent layers to be held; the distribution follows.

    Raises:
        KiokuError: no words, clamps that the network does not have, a network without states that can be traced, or
            one that can't be loaded.

    Example:
        >>> run(ModelSpec(cell="lstm", hidden=16), ["今日", "は", "天気", "が", "良い", "ね"]).reply.text
        'そうだね!'
    """
    family, tokenizer, words = _asked(spec, tokens)
    if family.record is None:
        raise KiokuError("no_states", model=spec.name)
    model = family.memoized(spec)
    found = family.record(model, words, clamps)
    return ModelTrace(
        spec=spec,
        tokens=tokenizer.receive(tokens),
        embedding=found.embedding,
        layers=found.layers,
        distribution=found.distribution,
        outputs=tokenizer.outputs,
        ends=tokenizer.ends,
        glosses=tokenizer.output_glosses,
        parameters=count_parameters(model),
        attention=found.attention,
    )


def distributions(spec: NetworkSpec, tokens: Sequence[str]) -> Float[np.ndarray, "T V"]:
    """The probability of each output after each word of a sentence, (T, V).

    Raises:
        KiokuError: no words, or more than a window has places for; and what `Family.load` raises.
    """
    family, _, words = _asked(spec, tokens)
    assert family.read is not None  # every row of this table has it
    with torch.inference_mode():
        found: Float[np.ndarray, "T V"] = torch.softmax(family.read(family.memoized(spec), words)[0], dim=-1).numpy()
    return found


def answers(spec: NetworkSpec, sentences: Sequence[Sequence[str]]) -> tuple[Answer, ...]:
    """What the network of `spec` expects after each of some sentences, every one read on its own.

    In a batch the place of a sentence decides over its last bits; alone, equal sentences have equal answers.

    Raises:
        KiokuError: no words, or more than a window has places for; and what `Family.load` raises.

    Example:
        >>> (answer,) = answers(BaselineSpec(kind="bag", hidden=32), [["人", "が", "犬", "を", "噛む"]])
        >>> answer.distribution.shape == (len(answer.outputs),)
        True
    """
    own = family_of(spec).tokenizer(spec)
    return tuple(
        Answer(
            spec=spec,
            tokens=own.receive(tokens),
            distribution=distributions(spec, tokens)[-1],
            outputs=own.outputs,
            ends=own.ends,
            glosses=own.output_glosses,
        )
        for tokens in sentences
    )


def input_influence(spec: StatesSpec, tokens: Sequence[str]) -> Float64:
    """‖∂h_t/∂x_s‖, the Frobenius norm, (T, T) in float64, where h_t is the state that the trace shows.

    Raises:
        KiokuError: no words, a network without states that can be traced, or one that can't be loaded.

    Example:
        >>> both, back = (ResponderSpec(kind=kind, hidden=8) for kind in ("bidirectional", "attentive"))
        >>> words = ("今日", "は", "暑い")
        >>> bool(input_influence(both, words)[0, 2] > 0), float(input_influence(back, words)[0, 2])
        (True, 0.0)
    """
    family, _, words = _asked(spec, tokens)
    if family.input_influence is None:
        raise KiokuError("no_states", model=spec.name)
    return family.input_influence(family.memoized(spec), words)


def last_influence(spec: StatesSpec, tokens: Sequence[str]) -> Float64:
    """The last row of `input_influence`, ‖∂h_T/∂x_s‖, (T,) in float64, without the others.

    Raises:
        KiokuError: no words, a network without states that can be traced, or one that can't be loaded.

    Example:
        >>> last_influence(ModelSpec(cell="gru", hidden=8), ("今日", "は", "暑い")).shape
        (3,)
    """
    family, _, words = _asked(spec, tokens)
    found: Float64
    if family.last_influence is None:
        found = input_influence(spec, tokens)[-1]
    else:
        found = family.last_influence(family.memoized(spec), words)
    return found


def reply_norms(spec: StatesSpec, tokens: Sequence[str]) -> Mapping[str, Float64]:
    """‖∂ log p / ∂h_t‖ at every word, (T,) by the state's key; p is that of its own reply after the last word.

    Raises:
        KiokuError: no words, a network without a readout or without states that can be traced, or one that can't be
            loaded.

    Example:
        >>> reply_norms(ModelSpec(cell="gru", hidden=8), ("今日", "は", "暑い"))["hidden_state"].shape
        (3,)
    """
    family, _, words = _asked(spec, tokens)
    if family.reply_norms is None:
        raise KiokuError("no_states", model=spec.name)
    return family.reply_norms(family.memoized(spec), words)


def seconds_in_turns(specs: Sequence[ReplyingSpec], tokens: Sequence[str], runs: int) -> tuple[Spread, ...]:
    """How long each network takes from the words to what it says, on this machine, measured together.

    Raises:
        KiokuError: no words, or a network that can't be loaded.
    """
    return measures.seconds_in_turns([_reading(spec, tokens) for spec in specs], runs)


def _reading(spec: ReplyingSpec, tokens: Sequence[str]) -> Callable[[], Tensor]:
    family, _, words = _asked(spec, tokens)
    assert family.read is not None  # every row of this table has it
    return partial(family.read, family.memoized(spec), words)


def _asked(spec: ReplyingSpec, tokens: Sequence[str]) -> tuple[Family[Any, Any], Tokenizer, Int[Tensor, " T"]]:
    """The row of the spec's kind, how its network reads, and the numbers of the words."""
    family = family_of(spec)
    tokenizer = family.tokenizer(spec)
    return family, tokenizer, torch.tensor(tokenizer.encode(tokens))
