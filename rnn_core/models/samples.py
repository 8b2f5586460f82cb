"""Many texts drawn at once from one network, with any of its units held at a value."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import torch
from jaxtyping import Float, Int
from torch import Tensor

from rnn_core import runtime
from rnn_core.models import registry
from rnn_core.models.writing import AS_IT_IS, admitted, inverse, most_written
from rnn_core.tasks.language import find_tokenizer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from rnn_core.models.language_model import NextWord
    from rnn_core.specs import ModelSpec
    from rnn_core.statistics.truncation import Truncation

State: TypeAlias = Tensor | tuple[Tensor, Tensor]
"""h, or h and c, as torch's layers take and give them."""
NOTHING_HELD: Mapping[int, float] = MappingProxyType({})


def draw_many(
    spec: ModelSpec,
    tokens: Sequence[str],
    count: int,
    seed: int,
    *,
    truncation: Truncation = AS_IT_IS,
    held: Mapping[int, float] = NOTHING_HELD,
) -> tuple[tuple[str, ...], ...]:
    """What the network of `spec` writes after a beginning, `count` times.

    Args:
        spec: which network, of one layer.
        tokens: the beginning, at least one.
        count: how many texts.
        seed: draws.
        truncation: what is left of each distribution.
        held: units of h at the value at which they are held at every step.

    Returns:
        The written outputs of each, without the beginning and with what ends it.

    Raises:
        KiokuError: no tokens; and what `Family.load` raises.
    """
    return draw_from(registry.family_of(spec).memoized(spec), spec, tokens, count, seed, truncation, held)


def draw_from(
    model: NextWord,
    spec: ModelSpec,
    tokens: Sequence[str],
    count: int,
    seed: int,
    truncation: Truncation = AS_IT_IS,
    held: Mapping[int, float] = NOTHING_HELD,
) -> tuple[tuple[str, ...], ...]:
    """The same of a network that is at hand, of the kind and task that a spec names."""
    own, generator = find_tokenizer(spec.task), runtime.generator(seed)
    numbers = np.array(own.vocabulary.encode(own.outputs))  # as what each output is read
    texts: list[list[str]] = [[] for _ in range(count)]
    open_, words, begun = np.arange(count), torch.tensor([own.encode(tokens)] * count), "".join(tokens)
    state = None
    with torch.inference_mode():
        for _ in range(most_written(spec.task)):
            expected, state = _step(model, words, state, held)
            rows = np.array(
                [admitted(spec.task, begun + "".join(texts[at]), row) for at, row in zip(open_, expected, strict=True)]
            )
            uniform = torch.rand(count, dtype=torch.float64, generator=generator).numpy()[open_]
            chosen = inverse(truncation.apply(rows), uniform)
            for at, one in zip(open_, chosen, strict=True):
                texts[at].append(own.outputs[one])
            left = ~np.array(own.ends)[chosen]
            if not left.any():
                break
            open_, words, state = open_[left], torch.from_numpy(numbers[chosen[left], None]), _kept(state, left)
    return tuple(map(tuple, texts))


def _step(
    model: NextWord, words: Int[Tensor, "B T"], state: State | None, held: Mapping[int, float]
) -> tuple[Float[np.ndarray, "B V"], State]:
    """Read some words, one after the other: what is expected after the last, and the state."""
    for at in range(words.shape[1]):
        _, state = model.recurrent(model.embedding(words[:, at : at + 1]), state)
        for unit, value in held.items():
            hidden_of(state)[..., unit] = value
    assert state is not None  # there is a word at least
    expected: Float[np.ndarray, "B V"] = torch.softmax(model.scores(hidden_of(state)[0]), dim=-1).numpy()
    return expected, state


def hidden_of(state: State) -> Tensor:
    """h of a layer's state, (1, B, H)."""
    return state if isinstance(state, Tensor) else state[0]


def _kept(state: State, which: NDArray[np.bool_]) -> State:
    kept = torch.from_numpy(which)
    return state[:, kept] if isinstance(state, Tensor) else (state[0][:, kept], state[1][:, kept])
