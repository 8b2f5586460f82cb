"""Translate step by step, with everything that is computed on the way: an encoder-decoder seen through a `ModelTrace`.

Step t of the output is index t of every array. What the decoder receives at t is what it wrote at t − 1; at first, the
mark that begins.
"""

from __future__ import annotations

import operator
from collections.abc import Sequence
from types import MappingProxyType

import numpy as np
import torch
from torch import Tensor

from rnn_core.errors import KiokuError
from rnn_core.models.attention import EncoderOutput, StepOverride
from rnn_core.models.model_trace import Encoded, ModelTrace
from rnn_core.recurrent.directions import within
from rnn_core.recurrent.recording import record
from rnn_core.recurrent.trace import NamedArrays, Trace
from rnn_core.specs import TranslatorSpec
from rnn_core.text.tokenizer import Token
from rnn_core.translation.encoder_decoder import EncoderDecoder, Step
from rnn_core.translation.interventions import AttentionOverride, rows_at
from rnn_core.translation.registry import Vocabularies, memoized, read_tokens, vocabularies

LIMITS = MappingProxyType({"phrases": 40, "names": 100, "kanji": 40, "katakana": 16})
"""Tokens at most, where nothing else is said; for katakana, as many as its package writes."""
LONGEST = 200


def translate(
    spec: TranslatorSpec,
    tokens: Sequence[str],
    choose: Sequence[tuple[int, str]] = (),
    overrides: Sequence[AttentionOverride] = (),
    length: int | None = None,
) -> ModelTrace:
    """Decode greedily, token by token, until the end or `length`, and keep everything that was computed.

    Args:
        spec: which model.
        tokens: the source, at least one; what the vocabulary lacks is embedded as the unknown one. For katakana, the
            letters of a word, which are read in small letters between the marks that begin and end it.
        choose: other tokens to be written at some steps, (step, token), 0-based; what follows follows from them.
        overrides: what is overridden of attention.
        length: how many tokens at most; None for the task's own limit. What is cut off there is not `finished`.

    Raises:
        KiokuError: no tokens, letters that can't be read, choices or overrides that don't fit; and what `load` raises.

    Example:
        >>> tea = translate(TranslatorSpec(task="katakana", attention="dot", hidden=128), "tea".split())
        >>> "".join(guess.text for guess in tea.written[:-1]), tea.attention[0]["attention"].shape
        ('ティー', (4, 4, 5))
    """
    known, limit = vocabularies(spec), limit_of(spec, length)
    seen, ids = read_tokens(spec, tokens)
    forced, overrides = forced_tokens(spec, known, choose, limit), checked_overrides(spec, overrides, limit)
    model = memoized(spec)
    with torch.inference_mode():
        source = torch.tensor([ids])
        embedded = model.embed(source)  # (1, S, E)
        memory = model.read(embedded, torch.tensor([len(ids)]))
        chosen, steps = _write(model, memory, known, forced, overrides, limit)
        if forced and max(forced) >= len(chosen):
            raise KiokuError("choice_late", step=max(forced), steps=len(chosen))
        encoded = Encoded(seen, embedded[0].numpy(), record(model.encoder, embedded[0]))
        return _trace(spec, model, known, encoded, memory, chosen, steps)


def limit_of(spec: TranslatorSpec, length: int | None) -> int:
    """How many tokens may be written."""
    if length is None:
        return LIMITS[spec.task]
    try:
        given = 0 if isinstance(length, bool) else operator.index(length)
    except TypeError:
        given = 0
    if not 1 <= given <= LONGEST:
        raise KiokuError("output_length", given=length, last=LONGEST)
    return given


def forced_tokens(
    spec: TranslatorSpec, known: Vocabularies, choose: Sequence[tuple[int, str]], limit: int
) -> dict[int, int]:
    """Which token is written at which step, whatever the network would write."""
    forced = {}
    for pair in choose:
        step, token = pair if isinstance(pair, tuple) and len(pair) == 2 else (pair, None)
        if type(step) is not int or not 0 <= step < limit or token not in known.target:
            raise KiokuError(
                "choice", step=step, given=token, last=limit - 1, outputs=len(known.target), model=spec.name
            )
        forced[step] = known.target.index(token)
    return forced


def checked_overrides(
    spec: TranslatorSpec, overrides: Sequence[AttentionOverride], limit: int
) -> tuple[AttentionOverride, ...]:
    """`overrides`, if this model has attention."""
    if not isinstance(overrides, (list, tuple)) or not all(
        isinstance(override, AttentionOverride) for override in overrides
    ):
        raise KiokuError("not_overrides", given=type(overrides).__name__)
    if overrides and not spec.heads:
        raise KiokuError("no_attention", model=spec.name)
    for override in overrides:
        if override.step is not None:
            within("step", override.step, limit)
    return tuple(overrides)


def _write(
    model: EncoderDecoder,
    memory: EncoderOutput,
    known: Vocabularies,
    forced: dict[int, int],
    overrides: tuple[AttentionOverride, ...],
    limit: int,
) -> tuple[list[int], list[Step]]:
    """The tokens that are written, and how each came about."""
    chosen: list[int] = []
    steps: list[Step] = []
    previous, state = known.begin, memory.start
    heads, positions = (memory.keys.shape[1] if memory.keys is not None else 0), memory.states.shape[1]
    while len(chosen) < limit and known.end not in chosen[-1:]:
        rows = rows_at(overrides, len(chosen), heads, positions)
        override = None if rows is None else StepOverride(torch.from_numpy(rows.row), torch.from_numpy(rows.without))
        step = model.step(torch.tensor([previous]), state, memory, override)
        state, steps = step.state, [*steps, step]
        previous = forced.get(len(chosen), int(step.scores.argmax()))
        chosen.append(previous)
    return chosen, steps


def _trace(
    spec: TranslatorSpec,
    model: EncoderDecoder,
    known: Vocabularies,
    encoded: Encoded,
    memory: EncoderOutput,
    chosen: list[int],
    steps: list[Step],
) -> ModelTrace:
    received = [known.target[index] for index in (known.begin, *chosen[:-1])]
    inputs = [torch.cat(parts) for parts in zip(*(step.inputs for step in steps), strict=True)]  # each (T, D)
    return ModelTrace(
        spec=spec,
        tokens=tuple(Token(token, True, "") for token in received),
        embedding=inputs[0].numpy(),
        layers=_layers(model, inputs, memory),
        distribution=torch.cat([step.scores for step in steps]).softmax(dim=-1).numpy(),
        outputs=known.target,
        ends=tuple(index == known.end for index in range(len(known.target))),
        parameters=learned(model),
        source=encoded,
        attention=_attention(memory, steps),
        chosen=tuple(chosen),
    )


def _layers(model: EncoderDecoder, inputs: list[Tensor], memory: EncoderOutput) -> Trace:
    """Every gate of every layer of the decoder, from what it received."""
    found = [
        record(model.get_submodule(name), received, start)  # type: ignore[arg-type]  # each an nn.GRU
        for name, received, start in zip(model.decoders, inputs, memory.start, strict=True)
    ]
    return Trace("gru", tuple(one.layers[0] for one in found), found[-1].output, max(one.parity for one in found))


def _attention(memory: EncoderOutput, steps: list[Step]) -> tuple[NamedArrays, ...]:
    looks = [step.attention for step in steps if step.attention is not None]
    if not looks or memory.values is None:
        return ()

    def over_time(parts: list[Tensor]) -> np.ndarray:
        """T times (1, K, 1, ·) → (T, K, ·)."""
        return torch.cat([part[:, :, 0] for part in parts]).numpy()

    arrays = {
        "attention": over_time([one.weights for one in looks]),  # (T, K, S)
        "scores": over_time([one.scores for one in looks]),  # (T, K, S)
        "context": over_time([one.context for one in looks]),  # (T, K, D)
        "values": memory.values[0].transpose(0, 1).numpy(),  # (S, K, D)
    }
    return (NamedArrays({key: np.ascontiguousarray(array) for key, array in arrays.items()}),)


def learned(model: EncoderDecoder) -> int:
    """How many numbers a model learns beside its embeddings and its readout."""
    outside = {id(weight) for part in model.outside() for weight in part.parameters()}
    return sum(weight.numel() for weight in model.parameters() if id(weight) not in outside)
