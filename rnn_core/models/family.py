"""What all kinds of networks have in common: how one is made from its spec, and how its weights are stored and kept.

A kind is one row, a `Family`; from where its weights come is a matter of the source that the spec names (`sources`).
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

import torch
from safetensors.torch import save as safetensors_bytes
from torch import Tensor, nn

from rnn_core.models import sources, weights
from rnn_core.models.initial_values import InitialValues

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    import numpy as np
    from jaxtyping import Int
    from numpy.typing import NDArray

    from rnn_core.models.recorded import Recorded
    from rnn_core.recurrent.clamps import Clamp
    from rnn_core.text.tokenizer import Tokenizer

    Float64 = NDArray[np.float64]
    Words = Int[Tensor, " T"]

KEPT = 64  # models between runs: the shipped ones, and a few untrained


class WeightsSpec(Hashable, Protocol):
    """What a family needs of a spec."""

    @property
    def name(self) -> str:
        """The file of its weights is called so."""

    @property
    def canonical(self) -> str:
        """It as one text."""

    @property
    def weights(self) -> str:
        """From which source its weights come."""

    @property
    def seed(self) -> int:
        """Draws its first values."""


SpecT = TypeVar("SpecT", bound=WeightsSpec)
ModuleT = TypeVar("ModuleT", bound=nn.Module)


@dataclass(frozen=True)
class Family(Generic[SpecT, ModuleT]):
    """One kind of network.

    Attributes:
        build: the module that a spec names, with the words and outputs of a tokenizer, as torch draws its first values.
        own_tokenizer: the tokenizer of the task that a spec names.
        stored: the type in which trained weights lie in their file; every computation is in float32.
        packaged: the network with the weights of a package that others made; None where they lie in files of ours.
        read: all that the network says of a sentence, once through: what is timed.
        record: everything that it computes of a sentence, with what is clamped of it.
        input_influence: ‖∂h_t/∂x_s‖, (T, T) in float64, where h_t is the state that its trace shows.
        last_influence: its last row, (T,), where that is had more cheaply than with the others.
        reply_norms: the norm of the gradient of log p of its own reply at every state, (T,) each, by their keys.

    A sentence is given by the numbers of its words, int64 (T,). A kind whose states are not shown has only the first.
    """

    build: Callable[[SpecT, Tokenizer], ModuleT]
    own_tokenizer: Callable[[SpecT], Tokenizer]
    stored: torch.dtype = torch.float32
    packaged: Callable[[], ModuleT] | None = None
    read: Callable[[ModuleT, Words], Tensor] | None = None
    record: Callable[[ModuleT, Words, Sequence[Clamp]], Recorded] | None = None
    input_influence: Callable[[ModuleT, Words], Float64] | None = None
    last_influence: Callable[[ModuleT, Words], Float64] | None = None
    reply_norms: Callable[[ModuleT, Words], Mapping[str, Float64]] | None = None

    def fresh(self, spec: SpecT) -> ModuleT:
        """The untrained network: torch's own values, drawn from `spec.seed`; the global random state is untouched."""
        with InitialValues(spec.seed):
            return self.build(spec, self.own_tokenizer(spec))

    def load(self, spec: SpecT) -> ModuleT:
        """The network that `spec` names; each call makes a new one, which is the caller's own.

        Raises:
            KiokuError: what its source raises: weights that are missing, damaged, or made for another vocabulary.
        """
        return sources.find_source(spec.weights).load(self, spec).eval()

    def memoized(self, spec: SpecT) -> ModuleT:
        """The network of `spec`, one for all, for reading only, until its weights are written anew.

        One of a private source is made anew each time, and kept by nobody but that source.

        Raises:
            KiokuError: what `load` raises.
        """
        source = sources.find_source(spec.weights)
        if source.private:
            return self.load(spec).requires_grad_(False)
        module: ModuleT = _memoized(self, spec, source.version(spec))
        return module

    def tokenizer(self, spec: SpecT) -> Tokenizer:
        """How the network of `spec` reads, and what it can say.

        Raises:
            KiokuError: its source has no such network.
        """
        return sources.find_source(spec.weights).tokenizer(self, spec)

    def save(self, module: ModuleT, spec: SpecT, path: Path) -> None:
        """Write trained weights, and for what they were made; equal weights give equal bytes."""
        weights.write(self.stored_weights(module), path, self.made_for(spec))

    def weights_bytes(self, spec: SpecT) -> bytes:
        """The weights with which the network of `spec` computes, as a safetensors file with plain names.

        Raises:
            KiokuError: what `load` raises.
        """
        return safetensors_bytes(self.memoized(spec).state_dict())

    def stored_weights(self, module: ModuleT) -> dict[str, Tensor]:
        """The weights as they lie in a file."""
        return {name: weight.to(self.stored) for name, weight in module.state_dict().items()}

    def made_for(self, spec: SpecT) -> dict[str, str]:
        """What a file of trained weights says of itself."""
        return {"spec": spec.canonical, "vocabulary": self.own_tokenizer(spec).id}


@lru_cache(maxsize=KEPT)
def _memoized(family: Family[Any, Any], spec: Any, _version: int) -> Any:  # a spec of the family
    with torch.inference_mode(False):  # whoever asks first: what is made in that mode could never be differentiated
        return family.load(spec).requires_grad_(False)


def count_parameters(module: nn.Module, outside: tuple[str, ...] = ("embedding", "readout")) -> int:
    """How many numbers a network learns apart from some of its parts: by default between embedding and readout."""
    return sum(weight.numel() for name, weight in module.named_parameters() if name.partition(".")[0] not in outside)
