"""What a class votes on: a question, its options, and what was measured, in every language, as one bounded value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, model_validator

from rnn_core.messages import LANGUAGES
from rnn_core.text.typography import shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from rnn_core.figures.words import Words

MOST_OPTIONS = 12
LONGEST_OPTION, LONGEST = 80, 400  # characters of an option, and of a question or a reason

Said: TypeAlias = Annotated[str, Field(min_length=1, max_length=LONGEST)]
Option: TypeAlias = Annotated[str, Field(min_length=1, max_length=LONGEST_OPTION)]


class Ballot(BaseModel):
    """A question to a class. It holds all that a room says, so that a room stays true whatever the page shows later.

    Attributes:
        chapter: whose question it is.
        question: in each language.
        options: likewise, equally many in each.
        right: which of them were measured (0-based); several where they tie.
        why: what was measured, a sentence in each language.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    chapter: str = Field(max_length=40)
    question: dict[str, Said]
    options: dict[str, tuple[Option, ...]]
    right: tuple[int, ...] = Field(min_length=1)
    why: dict[str, Said]

    @model_validator(mode="after")
    def _whole(self) -> Ballot:
        counts = {len(options) for options in self.options.values()}
        if any(set(said) != set(LANGUAGES) for said in (self.question, self.options, self.why)) or len(counts) != 1:
            raise ValueError("a ballot says the same in every language")
        if not 2 <= self.size <= MOST_OPTIONS or not set(self.right) <= set(range(self.size)):
            raise ValueError("a ballot has two options or more, and those measured are among them")
        return self

    @property
    def size(self) -> int:
        """How many options there are."""
        return len(next(iter(self.options.values())))


def write_ballot(
    chapter: str,
    question: Callable[[str], str],
    options: Callable[[str], Iterable[str]],
    right: Iterable[int],
    why: Callable[[str], str],
) -> Ballot:
    """A ballot from what says its parts in a language; what is too long is cut.

    Args:
        chapter: whose question it is.
        question, options, why: what each is in a language.
        right: which options were measured, 0-based.
    """
    return Ballot(
        chapter=chapter,
        question={lang: shorten(question(lang), LONGEST) for lang in LANGUAGES},
        options={lang: tuple(shorten(one, LONGEST_OPTION) for one in options(lang)) for lang in LANGUAGES},
        right=tuple(right),
        why={lang: shorten(why(lang), LONGEST) for lang in LANGUAGES},
    )


def word_names(words: Words) -> tuple[str, ...]:
    """The words of a sentence as options: quoted, with a gloss where it helps, and its place where one comes twice."""
    return tuple(words.said(step) for step in range(len(words.tokens)))
