"""How much work and how much memory T words take.

Counted, not measured: `models.timing` measures. The networks that are compared learn about as many numbers each.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from rnn_core.quantities import CELLS, CostModel, Recurrent
from rnn_core.recurrent.parameters import ParameterCount

if TYPE_CHECKING:
    from collections.abc import Mapping

INPUTS = 24  # numbers a word, for the recurrent cells; tests hold this and the next two to the shipped networks
WIDTH, WIDER, LAYERS, HEADS = 32, 112, 2, 4  # of the Transformer
LENGTHS = (6, 16, 32, 64, 128, 256, 512)
COST_MODELS: tuple[CostModel, ...] = (*CELLS, "transformer")


def hidden(cell: Recurrent) -> int:
    """The size at which a cell learns as many numbers as the Transformer, as nearly as can be.

    Example:
        >>> [(cell, hidden(cell)) for cell in CELLS]
        [('rnn', 140), ('lstm', 64), ('gru', 76)]
    """
    wanted = learned("transformer")
    return min(range(1, 513), key=lambda size: abs(ParameterCount(cell, INPUTS, size).total - wanted))


def learned(cell: CostModel) -> int:
    """How many numbers the compared network learns between embedding and readout."""
    if cell != "transformer":
        return ParameterCount(cell, INPUTS, hidden(cell)).total
    # four square maps with biases, the two of the middle, two norms
    block = 4 * (WIDTH + 1) * WIDTH + (WIDTH + 1) * WIDER + (WIDER + 1) * WIDTH + 4 * WIDTH
    return LAYERS * block


def multiply_adds(cell: CostModel, words: int) -> int:
    """The multiply-adds of the matrix products that a whole sentence takes.

    Those of the recurrent cells grow with T; the Transformer compares each word with each, so a part grows with T².
    torch's kernel computes the half behind the mask too, and it is counted.

    Example:
        >>> [multiply_adds("transformer", words) for words in (1, 512)]
        [22656, 45088768]
    """
    if cell != "transformer":
        count = ParameterCount(cell, INPUTS, hidden(cell))
        return words * count.blocks * count.hidden * (INPUTS + count.hidden)
    # per word: query, key, value, out, and the two maps of the middle; per pair: its score and its share of a value
    return LAYERS * (words * (4 * WIDTH**2 + 2 * WIDTH * WIDER) + words**2 * 2 * WIDTH)


def quadratic_from() -> int:
    """From how many words on the part of the Transformer's multiply-adds that grows with T² is the larger one.

    Example:
        >>> quadratic_from()
        177
    """
    # T (4 E² + 2 E M) against T² 2 E, equal at T = 2 E + M
    return 2 * WIDTH + WIDER + 1


def attention_weights(words: int) -> int:
    """How many weights the maps of all heads and layers have: what is kept in order to draw them.

    Example:
        >>> attention_weights(6), attention_weights(512)
        (288, 2097152)
    """
    return LAYERS * HEADS * words**2


def stored_numbers(cell: CostModel, words: int) -> int:
    """How many numbers there are to keep: every state of every word, and of the Transformer every attention weight.

    torch's fused kernel computes the weights anew rather than keep them; whoever wants to see them keeps them.
    """
    if cell == "transformer":
        return LAYERS * words * WIDTH + attention_weights(words)
    return words * hidden(cell) * (2 if cell == "lstm" else 1)


def crossover(one: Mapping[int, float], other: Mapping[int, float]) -> int | None:
    """From which number of words on `one` takes less time than `other`, at every one that both have; None for never.

    Example:
        >>> crossover({6: 2.0, 16: 2.0, 32: 2.0}, {6: 1.0, 16: 3.0, 32: 5.0})
        16
    """
    both = sorted(one.keys() & other.keys())
    first = None
    for words in reversed(both):
        if one[words] >= other[words]:
            break
        first = words
    return first


def ahead_at(one: Mapping[int, float], other: Mapping[int, float]) -> tuple[int, ...]:
    """At which numbers of words, of those that both have, `one` takes less time than `other`.

    Example:
        >>> ahead_at({6: 2.0, 16: 2.0, 32: 9.0}, {6: 1.0, 16: 3.0, 32: 5.0})
        (16,)
    """
    return tuple(words for words in sorted(one.keys() & other.keys()) if one[words] < other[words])


SIZES: Mapping[CostModel, int] = MappingProxyType({cell: hidden(cell) for cell in CELLS} | {"transformer": WIDTH})
