"""What the name of a network from a file says: which file, which part of it, and what the file itself cannot say."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Self

from rnn_core.errors import KiokuError
from rnn_core.specs import FILE, MAX_SEED

PACKAGED = ("silero", "nagisa")
NAME = re.compile(
    rf"(?P<file>{FILE})(-p(?P<part>[0-9]{{1,3}}))?(?P<relu>-relu)?(-s(?P<seed>[0-9]{{1,10}}))?"
    r"(?P<words>-words)?(-i(?P<values>[0-9a-f]{16}))?"
)


@dataclass(frozen=True)
class Setup:
    """A network from a file, ready to be run.

    Attributes:
        file: the file: `file:<SHA-256 of what is in it>`, or `file:<package>`.
        part: which of its recurrent modules, in their order, 0-based.
        relu: whether a plain RNN computes with ReLU; a file does not say it.
        seed: draws the vectors that stand for what is read.
        words: whether a sentence is read, word by word; else what stands between gaps.
        values: the reader's own inputs, by the beginning of the SHA-256 of their numbers; "" for drawn ones.

    Example:
        >>> Setup("file:silero", seed=3).name
        'file:silero-s3'
        >>> Setup.parse("file:silero-p1-relu-s3-words") == Setup("file:silero", 1, relu=True, seed=3, words=True)
        True
    """

    file: str
    part: int = 0
    relu: bool = False
    seed: int = 0
    words: bool = False
    values: str = ""

    @property
    def name(self) -> str:
        """As a spec and an address name it: what is as usual is left out."""
        told = [self.file]
        told += [f"p{self.part}"] if self.part else []
        told += ["relu"] if self.relu else []
        told += [f"s{self.seed}"] if self.seed else []
        told += [f"i{self.values}"] if self.values else ["words"] if self.words else []
        return "-".join(told)

    def of(self, file: str) -> Setup:
        """The same of another file."""
        return replace(self, file=file)

    @classmethod
    def parse(cls, name: str) -> Self:
        """What a name says.

        Raises:
            KiokuError: it is no such name.
        """
        match = NAME.fullmatch(name)
        if match is None or (match["words"] and match["values"]) or int(match["seed"] or 0) > MAX_SEED:
            raise KiokuError("source_file", given=name)
        return cls(
            match["file"],
            int(match["part"] or 0),
            relu=bool(match["relu"]),
            seed=int(match["seed"] or 0),
            words=bool(match["words"]),
            values=match["values"] or "",
        )


def is_own(value: object) -> bool:
    """Whether a value of an address names a file that only its reader has, be it among other things.

    Example:
        >>> is_own("file:" + "0f" * 32 + "-relu"), is_own("file:nagisa"), is_own("trained")
        (True, False, False)
    """
    return isinstance(value, str) and "file:" in value and re.search(r"file:[0-9a-f]{64}", value) is not None
