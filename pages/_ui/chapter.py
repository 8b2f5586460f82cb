"""What a chapter says of itself: where it stands in the contents, and what its address holds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

Value: TypeAlias = str | float | None
Kind: TypeAlias = Literal["text", "choice", "number", "real"]

ROOT = Path(__file__).resolve().parents[2]
HOME = "home"  # the chapter that opens at the root
HIDDEN_SIZES = (8, 16, 32, 64)
MAX_WRITTEN = 200  # steps of a translation
MAX_PIN = 1000  # characters of a pinned state


class Kept(Enum):
    """That a control keeps its value when there is another sentence."""

    KEPT = auto()


@dataclass(frozen=True)
class Control:
    """One row: what a control is called in the address, what it may be, and what it is when nothing is said.

    Attributes:
        key: the address code and the widget's key.
        kind: "text", "choice" of `options`, "number", a whole one from `low` to `high` or one of `options` by its name,
            or "real", from `low` to `high` with two decimals at most, or likewise one of `options`.
        default: the value when the address names none; None leaves the control out of the address.
        options: the values of a choice, in the order shown; the words that a number may be instead.
        low: the least number.
        high: the greatest number.
        next_sentence: what a place becomes once there is another sentence, since it belonged to the one before; `KEPT`
            where it belongs to none. None stays None: what has not been chosen or revealed yet is not so now.
        sentence: whether it is what is read, so that another one of it is another sentence.
        asked_of: of a guess, the controls on which the answer to it depends. With another value of one of them it is
            asked again: a guess belongs to the settings that it was made for. "skip", no guess, stays.
        counted: whether its options are numbers that are called as they are written.
        pattern: of a choice, what it may be beside its options, as a regular expression of the whole value.
        label: the message that is its label, where that is not `controls.<key>.label`.
    """

    key: str
    kind: Kind
    default: Value
    options: tuple[str | int, ...] = ()
    low: float = 0
    high: int = 0
    next_sentence: Value | Kept = Kept.KEPT
    sentence: bool = False
    asked_of: tuple[str, ...] = ()
    counted: bool = False
    pattern: str = ""
    label: str = ""

    @property
    def is_guess(self) -> bool:
        """Whether it is what the reader expects of a picture that is not shown yet."""
        return bool(self.asked_of) or "skip" in self.options

    def takes(self, value: Value) -> bool:
        """Whether a value that it had in another chapter is one here: a choice has its options."""
        return self.kind != "choice" or bool(self.pattern) or not self.options or value in self.options

    @property
    def message(self) -> str:
        """The id of its label."""
        return self.label or f"controls.{self.key}.label"


@dataclass(frozen=True)
class Form:
    """What a control that several chapters have is in one of them: other values under the same key.

    What becomes of it with another sentence is as in the row that all share, and so is all else that is not said. Its
    value is this chapter's alone, unless it is `common`: what a reader chooses here changes nothing in another chapter,
    and the other way round.

    Attributes:
        key: that of the row.
        default: the value when the address names none.
        options: as in `Control`.
        low: the least number.
        high: the greatest number.
        label: the message that is its label here, where that is not the row's.
        kind: as in `Control`, where it is not the row's.
        asked_of: likewise.
        pattern: likewise.
        common: whether what is chosen here is chosen in all chapters that have the control, where it is one of theirs.
    """

    key: str
    default: Value
    options: tuple[str | int, ...] = ()
    low: float = 0
    high: int = 0
    label: str = ""
    kind: Kind | None = None
    asked_of: tuple[str, ...] | None = None
    pattern: str = ""
    common: bool = False

    def of(self, shared: Control) -> Control:
        """The row that it makes of the shared one."""
        return replace(
            shared,
            default=self.default,
            options=self.options,
            low=self.low,
            high=self.high,
            label=self.label or shared.label,
            pattern=self.pattern or shared.pattern,
            kind=self.kind or shared.kind,
            asked_of=shared.asked_of if self.asked_of is None else self.asked_of,
        )


def pinnable(chapter: str) -> str:
    """What a pinned state of a chapter looks like: `home~cell.rnn~hidden.8`, with each setting that is not as it opens.

    Args:
        chapter: its name as a regular expression.
    """
    setting = r"[a-z0-9_]{1,20}\.[^~\x00-\x1f\ud800-\udfff]*"
    return rf"(?=.{{1,{MAX_PIN}}}\Z){chapter}~({setting}(~{setting})*)?"


def pinning(chapter: str) -> Form:
    """The control of the pinned state, which every chapter has to itself."""
    return Form("pin", None, pattern=pinnable(chapter))


@dataclass(frozen=True)
class FirstDrawing:
    """The drawing with which a chapter opens, where it is stored, so that it is on the screen before torch is.

    Attributes:
        name: of its component, which is its key too.
        reports: what the browser reports of it beside the place where the reader rests, each with its control.
    """

    name: str
    reports: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Chapter:
    """One row of the contents, which a chapter declares in its own folder, `pages/_chapters/<name>`, as `CHAPTER`.

    Attributes:
        name: its folder, its script in `pages/`, its address (with `-` for `_`) and its messages (`<name>.title`,
            `<name>.question`).
        section: the heading that it stands under (`ui.section.<section>`).
        order: its place in the contents: after the chapters with a smaller one.
        holds: what its address holds, in this order: a control that no other chapter has as its row, any other by its
            key in the table of those that several have (`address.SHARED`), or as its own `Form` of that.
        opens: what a control is here when the address is silent, where that is not its default.
        needs: what it needs of a network beside words to read: "kinds", that its source has networks of every kind;
            "kinds_or_run", that, or one that a run has taught to read as these do.
        first: the stored drawing with which it opens; None where none is stored.
    """

    name: str
    section: str
    order: int
    holds: tuple[str | Control | Form, ...]
    opens: tuple[tuple[str, Value], ...] = ()
    needs: tuple[Literal["kinds", "kinds_or_run"], ...] = ()
    first: FirstDrawing | None = None

    @cached_property
    def controls(self) -> tuple[str, ...]:
        """The keys of what its address holds."""
        return tuple(one if isinstance(one, str) else one.key for one in self.holds)

    @cached_property
    def own(self) -> tuple[Control, ...]:
        """The controls that it alone has."""
        return tuple(one for one in self.holds if isinstance(one, Control))

    @cached_property
    def forms(self) -> Mapping[str, Form]:
        """Its own forms of controls that others have too, by key."""
        return {one.key: one for one in self.holds if isinstance(one, Form)}

    @cached_property
    def apart(self) -> frozenset[str]:
        """The keys of those forms whose value is this chapter's alone."""
        return frozenset(key for key, form in self.forms.items() if not form.common)

    @property
    def path(self) -> str:
        """Its address, without the slash."""
        return self.name.replace("_", "-")

    @property
    def address(self) -> str:
        """Where it opens, without the slash: the first one at the root."""
        return "" if self.name == HOME else self.path

    @cached_property
    def script(self) -> Path:
        """Its file; absolute, so that it is also right where a page is the main script."""
        found = find_spec(f"pages.{self.name}")
        if found is None or found.origin is None:
            raise ValueError(f"the chapter {self.name} has no script pages/{self.name}.py")
        return Path(found.origin).resolve()
