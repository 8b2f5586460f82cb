"""Greedy decoding by a network that expects the next word: what it writes after a first word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rnn_core.models import registry
from rnn_core.tasks.language import find_tokenizer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rnn_core.specs import NetworkSpec

FIRST = "友達"
"""Begins a sentence that the shipped Transformer and RNN of 32 units both write."""
MOST = 12


def write_on(spec: NetworkSpec, tokens: Sequence[str], most: int = MOST) -> tuple[str, ...]:
    """The words, followed by the most probable next word, until what is most probable ends the sentence.

    Args:
        spec: which network.
        tokens: the words that are given, at least one.
        most: so many words in all, given ones included, are not exceeded: some networks never end.

    Returns:
        All words. What follows the last one, a reply or where it was cut off another word, is not among them.

    Raises:
        KiokuError: no words; and what `Family.load` raises.

    Example:
        >>> from rnn_core.specs import ModelSpec
        >>> "".join(write_on(ModelSpec(cell="rnn", hidden=32), [FIRST]))
        '友達は昨日からずっと疲れている'
    """
    own, written = find_tokenizer(spec.task), list(tokens)
    while True:
        best = int(registry.distributions(spec, written)[-1].argmax())
        if own.ends[best] or len(written) >= most:
            return tuple(written)
        written.append(own.outputs[best])
