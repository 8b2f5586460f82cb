"""The texts of a task that is written character by character: what is learned, what is held out, and their signs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.tasks.smalltalk.sentences import share
from rnn_core.tasks.written import given_names, kaomoji
from rnn_core.text.tokenizer import Tokenizer
from rnn_core.text.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from numpy.typing import NDArray

START, END = "▶", "■"  # stand before the first character and after the last one; no text has them
TEST_SHARE = 0.1
REACH = 3  # characters that the rule for what is shown looks back
KEPT = 4096  # endings after which it is kept what may follow: half a kilobyte each


@dataclass(frozen=True, eq=False)
class Corpus:
    """One task.

    Attributes:
        name: of the task, as specs have it.
        texts: gives all of its texts, none twice, always in the same order.
        kin: what two texts have in common that must not be divided between what is learned and what is held out.
        plain: a reader's beginning as the texts are written.
        shown: whether a text, or the beginning of one, may be shown; None where any may.
        longest: so many characters a network writes at most.
        gloss: what a character is to those who don't read Japanese, "" for nothing.
    """

    name: str
    texts: Callable[[], tuple[str, ...]]
    kin: Callable[[str], str]
    plain: Callable[[str], str]
    shown: Callable[[str], bool] | None
    longest: int
    gloss: Callable[[str], str]

    def barred(self, before: str) -> NDArray[np.bool_]:
        """Which outputs may not be written after this, (V,): what would be shown then may not be; read-only.

        What a reader has begun with is the reader's: only what is added to it is held to the rule.
        """
        near = before[-REACH:]
        while near and self.shown is not None and not self.shown(near):
            near = near[1:]
        return _barred(self, near)

    @cached_property
    def split(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What is learned, and what is held out."""
        return split_by_share(self.name, self.texts(), self.kin)

    @cached_property
    def tokenizer(self) -> Tokenizer:
        """How a network of the task reads, and what it can write: every character that is learned, and the end."""
        characters = tuple(sorted({character for text in self.split[0] for character in text}))
        outputs = (*characters, END)
        return Tokenizer(
            Vocabulary((START, *characters)),
            outputs,
            tuple(one == END for one in outputs),
            {one: said for one in characters if (said := self.gloss(one))},
            by="character",
        )


@lru_cache(maxsize=KEPT)
def _barred(corpus: Corpus, near: str) -> NDArray[np.bool_]:
    outputs = corpus.tokenizer.outputs
    found = np.array([corpus.shown is not None and not corpus.shown(near + one) for one in outputs[:-1]] + [False])
    found.flags.writeable = False
    return found


def split_by_share(
    name: str, texts: Iterable[str], kin: Callable[[str], str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The texts in two parts; those that are kin fall to one of them together.

    Example:
        >>> learned, held_out = split_by_share("task", map(str, range(1000)), lambda text: text[-1])
        >>> {text[-1] for text in learned} & {text[-1] for text in held_out}
        set()
    """
    parts: tuple[list[str], list[str]] = ([], [])
    for text in texts:
        parts[share(name, kin(text)) < TEST_SHARE * 2**16].append(text)
    return tuple(parts[0]), tuple(parts[1])


CORPORA: Mapping[str, Corpus] = MappingProxyType(
    {
        "given_names": Corpus(
            "given_names",
            given_names.texts,
            kin=str,
            plain=given_names.plain,
            shown=None,
            longest=12,
            gloss=given_names.gloss,
        ),
        "kaomoji": Corpus(
            "kaomoji",
            kaomoji.texts,
            kin=kaomoji.characters,
            plain=kaomoji.plain,
            shown=kaomoji.is_shown,
            longest=kaomoji.LONGEST,
            gloss=lambda _: "",
        ),
    }
)
