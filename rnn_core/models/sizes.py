"""How many numbers each network learns so as to read sentences of some length, counted in the modules themselves."""

from __future__ import annotations

from collections.abc import Iterable

from rnn_core.models import registry
from rnn_core.models.family import count_parameters
from rnn_core.specs import BaselineSpec, NetworkSpec


def by_length(spec: NetworkSpec, lengths: Iterable[int]) -> tuple[int, ...]:
    """The learned numbers between embedding and readout that it takes to read sentences of each of these lengths.

    A window is made as wide as the sentence is long; every other network is the same whatever the length.

    Example:
        >>> by_length(BaselineSpec(kind="window", words=8, hidden=32), (1, 2))
        (800, 1568)
    """
    fitting = [_fitting(spec, length) for length in lengths]
    learned = {one: count_parameters(registry.family_of(one).fresh(one)) for one in dict.fromkeys(fitting)}
    return tuple(learned[one] for one in fitting)


def _fitting(spec: NetworkSpec, length: int) -> NetworkSpec:
    if isinstance(spec, BaselineSpec) and spec.kind == "window":
        return spec.model_copy(update={"words": length})
    return spec
