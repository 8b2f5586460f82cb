"""What a chapter adds to its note for teachers: three states to show, and what may be thought behind each answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pages._ui.contrasts import Contrast

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pages._ui.chapter import Value
    from pages._ui.classroom.ballot import Ballot

LESS, MORE = "less", "more"


@dataclass(frozen=True)
class Link:
    """A prepared state: the message that names it, and what it sets; everything else is as the chapter opens."""

    label: str
    sets: Mapping[str, Value]


@dataclass(frozen=True)
class Lesson:
    """A row a chapter.

    Attributes:
        links: three states, in the order of the lesson.
        behind: of each answer, the name of what may be thought behind it where it is wrong
            (`teach.<chapter>.behind.<name>`); () where the answers have an order, and all before those that were
            measured are `LESS`, all after them `MORE`.
        last: the name for the last answer, where it stands outside that order.
    """

    links: tuple[Link, Link, Link]
    behind: tuple[str, ...] = ()
    last: str = ""

    def mistakes(self, asked: Ballot) -> dict[str, tuple[int, ...]]:
        """What may be thought behind the answers that were not measured: its name → which answers (0-based)."""
        found: dict[str, tuple[int, ...]] = {}
        for at in range(asked.size):
            if at not in asked.right and (name := self._behind(at, asked)):
                found[name] = (*found.get(name, ()), at)
        return found

    def _behind(self, at: int, asked: Ballot) -> str:
        if self.behind:
            return self.behind[at] if at < len(self.behind) else ""
        if self.last and at == asked.size - 1:
            return self.last
        return LESS if at < max(asked.right) else MORE


def prepared(chapter: str, table: Sequence[Contrast], *names: str) -> tuple[Link, Link, Link]:
    """Three of a chapter's prepared contrasts as links."""
    rows = {one.name: one for one in table}
    first, second, third = (
        Link(f"{chapter}.contrast.{name}", {**rows[name].silent, **rows[name].sets}) for name in names
    )
    return first, second, third
