"""Where a network comes from: trained and shipped, drawn by a seed, a run of the training lab, or a reader's own file.

A spec names its source in `weights`. A source gives the module and the tokenizer; no caller cares which one it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rnn_core.errors import KiokuError

if TYPE_CHECKING:
    from collections.abc import Callable

    from rnn_core.models.family import Family, ModuleT, SpecT, WeightsSpec
    from rnn_core.specs import RecurrentSpec
    from rnn_core.text.tokenizer import Pieces, Tokenizer


class Source:
    """One source: by default of networks that their specs name completely, with torch's first values.

    Attributes:
        private: whether its networks are one reader's, who keeps them: nothing of them is kept for all.
    """

    private: bool = False

    def describe(self, name: str) -> RecurrentSpec:
        """The spec of a network that only its source knows: `run:<id>`, `file:<hash>`.

        Raises:
            KiokuError: there is none, or the name alone does not say which network it is.
        """
        raise KiokuError("source_open", given=name)

    def load(self, family: Family[SpecT, ModuleT], spec: SpecT) -> ModuleT:
        """The module, the caller's own."""
        return family.fresh(spec)

    def tokenizer(self, family: Family[SpecT, ModuleT], spec: SpecT) -> Tokenizer:
        """How it reads, and what it can say."""
        return family.own_tokenizer(spec)

    def reads(self, spec: RecurrentSpec) -> Pieces:  # noqa: ARG002  # as all our own networks do
        """In what a text is cut for it; asked before torch is there."""
        return "word"

    def version(self, spec: WeightsSpec) -> int:  # noqa: ARG002  # what a seed draws stays as it is
        """Another number once its weights are others."""
        return 0


class Shipped(Source):
    """The weights that come with Kioku, a file each."""

    def load(self, family: Family[SpecT, ModuleT], spec: SpecT) -> ModuleT:
        """The module with the weights of its file, or of the package that it comes with.

        Raises:
            KiokuError: the file is missing, damaged, or made for another vocabulary.
        """
        if family.packaged is not None:
            return family.packaged()
        from rnn_core.models import weights  # needs torch

        module, path = super().load(family, spec), weights.path_of(spec.name)
        want = family.stored_weights(module)
        module.load_state_dict(weights.read(spec.name, path, family.made_for(spec), want))
        return module

    def version(self, spec: WeightsSpec) -> int:
        """When the file was written."""
        from rnn_core.models import weights  # needs torch

        return weights.written_at(weights.path_of(spec.name))


class Missing(Source):
    """A source of which there is none yet: whatever is asked of it is refused.

    Args:
        refuse: the error that says so, from the name that was given.
    """

    def __init__(self, refuse: Callable[[str], KiokuError]) -> None:
        self.refuse = refuse

    def describe(self, name: str) -> RecurrentSpec:
        """Refuse.

        Raises:
            KiokuError: always.
        """
        raise self.refuse(name)

    def load(self, family: Family[SpecT, ModuleT], spec: SpecT) -> ModuleT:  # noqa: ARG002
        """Refuse, as `describe` does."""
        raise self.refuse(spec.weights)

    def tokenizer(self, family: Family[SpecT, ModuleT], spec: SpecT) -> Tokenizer:  # noqa: ARG002
        """Refuse, as `describe` does."""
        raise self.refuse(spec.weights)


SOURCES: dict[str, Source] = {
    "trained": Shipped(),
    "fresh": Source(),
    "run": Missing(lambda name: KiokuError("source_run", given=name)),
    "file": Missing(lambda name: KiokuError("source_file", given=name)),
}


def find_source(weights: str) -> Source:
    """The source that a spec's `weights` name.

    Example:
        >>> find_source("run:7").version is not None, type(find_source("trained")).__name__
        (True, 'Shipped')
    """
    return SOURCES[weights.partition(":")[0]]
