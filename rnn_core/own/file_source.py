"""`file:<hash>`: the networks of the files that this reader has opened, for every chapter that can show one.

Nobody knows the words of such a network. Each different piece of a text stands for a vector of its own, which a seed
draws, so that a sentence, or a row of numbers like `1 2 3`, is something to read; or the steps are those of numbers of
the reader's own, and their places are what is read.
"""

from __future__ import annotations

import zlib
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol, cast

from rnn_core.models.sources import SOURCES, Source
from rnn_core.own.setup import PACKAGED, Setup
from rnn_core.specs import ModelSpec, RecurrentSpec
from rnn_core.tasks import smalltalk
from rnn_core.text.tokenizer import Pieces, Tokenizer
from rnn_core.text.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rnn_core.models.family import Family, ModuleT, SpecT
    from rnn_core.own.files import OwnFile
    from rnn_core.own.inputs import Inputs

TASK = "own"


class Files(Protocol):
    """What this reader has opened."""

    def find_file(self, name: str) -> OwnFile:
        """A file by its name; a KiokuError where it has not been opened."""

    def find_inputs(self, name: str) -> Inputs:
        """One sequence of own numbers by its name; a KiokuError where there is none."""


class AnyPiece(Vocabulary):
    """Every piece of text, each with a number of its own.

    Example:
        >>> AnyPiece(()).encode(("犬", "犬", "猫")), "犬" in AnyPiece(())
        ((1306558517, 1306558517, 2245964304), True)
    """

    def encode(self, tokens: Iterable[str]) -> tuple[int, ...]:
        """A number for each piece, made of its letters."""
        return tuple(zlib.crc32(token.encode("utf-8", "surrogatepass")) for token in tokens)

    def __contains__(self, token: object) -> bool:
        return True


class FileSource(Source):
    """The networks of files.

    Args:
        files: gives what the reader who is asking has opened.
    """

    private = True

    def __init__(self, files: Callable[[], Files]) -> None:
        self._files = files

    def describe(self, name: str) -> ModelSpec:
        """The spec of a network from a file.

        Raises:
            KiokuError: this reader has not opened the file, it has no such part, or one that is too large.
        """
        setup = Setup.parse(name)
        part = find_opened(self._files(), setup.file).part(setup.part)
        return ModelSpec(
            task=TASK,
            cell=cast("Any", part.cell),
            hidden=part.units,
            layers=part.layers,
            bidirectional=part.directions > 1,
            weights=name,
        )

    def load(self, family: Family[SpecT, ModuleT], spec: SpecT) -> ModuleT:  # noqa: ARG002
        """The network; its weights are those of the opened file, for reading only.

        Raises:
            KiokuError: what `describe` raises, or the reader's own numbers are not as many as it receives.
        """
        from rnn_core.own.network import open_network  # needs torch

        setup = Setup.parse(spec.weights)
        inputs = self._files().find_inputs(setup.values) if setup.values else None
        return cast("ModuleT", open_network(find_opened(self._files(), setup.file), setup, inputs))

    def tokenizer(self, family: Family[SpecT, ModuleT], spec: SpecT) -> Tokenizer:  # noqa: ARG002
        """Every piece of a text, or the places of the reader's own numbers.

        Raises:
            KiokuError: there is no such file or there are no such numbers.
        """
        setup = Setup.parse(spec.weights)
        find_opened(self._files(), setup.file)
        if not setup.values:
            return _drawn("word" if setup.words else "gap")
        steps = len(self._files().find_inputs(setup.values).numbers)
        return Tokenizer(Vocabulary(numbered(steps)), by="gap")

    def reads(self, spec: RecurrentSpec) -> Pieces:
        """Words of a sentence, or what stands between gaps."""
        return "word" if Setup.parse(spec.weights).words else "gap"


def find_opened(files: Files, name: str) -> OwnFile:
    """A file that this reader has opened, or one that a package ships.

    Raises:
        KiokuError: there is no such file here.
    """
    if name.removeprefix("file:") not in PACKAGED:
        return files.find_file(name)
    from rnn_core.own.packaged import find_packaged  # needs torch

    return find_packaged(name)


def register(files: Callable[[], Files]) -> None:
    """Let `file:…` be found among these from now on."""
    SOURCES["file"] = FileSource(files)


def numbered(steps: int) -> tuple[str, ...]:
    """The places of so many steps, as words.

    Example:
        >>> numbered(3)
        ('1', '2', '3')
    """
    return tuple(map(str, range(1, steps + 1)))


@cache
def _drawn(by: Pieces) -> Tokenizer:
    return Tokenizer(AnyPiece(()), glosses=smalltalk.tokenizer().glosses, by=by)
