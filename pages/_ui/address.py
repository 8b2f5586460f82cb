"""The address: the controls of all chapters in one table, and its two ways, from a query to a state and back.

The address holds the whole state of a page, defaults included, so a link means the same after a default has changed.
`parse` and `serialize` are pure and inverse to each other. One thing has one key everywhere; what it may be can depend
on the chapter, so a query is read by that chapter's table.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal, TypeAlias

from pages._ui.chapter import HIDDEN_SIZES, MAX_WRITTEN, Chapter, Control, Value
from pages._ui.contents import CHAPTERS
from rnn_core.messages import LANGUAGES, text
from rnn_core.models.sentence_spec import MAX_WORDS
from rnn_core.quantities import CELLS, QUANTITIES
from rnn_core.specs import MAX_HIDDEN, MAX_LAYERS, MAX_SEED, NAMED
from rnn_core.statistics.truncation import MAX_TEMPERATURE
from rnn_core.text.tokenizer import MAX_TOKENS

State: TypeAlias = Mapping[str, Value]
Query: TypeAlias = Mapping[str, list[str]]
Problem: TypeAlias = Literal[
    "unknown",
    "repeated",
    "option",
    "unreadable",
    "number",
    "range",
    "place",
    "real",
    "long",
    "rewritten",
    "crowded",
    "anchor",
]

MAX_TEXT = 1000  # characters of a sentence; longer ones are cut, since an address must stay one that servers accept
MAX_PARAMETERS = 1000  # of an address; Streamlit takes nothing of one that has more
MAX_SHOWN = 40  # characters of a wrong value that a warning repeats
QUANTITY_KEYS = tuple(row.key for row in QUANTITIES.over_time)
NETWORK = ("text", "cell", "hidden", "weights", "seed", "layer", "direction")  # on which every state depends

# What several chapters have, each possibly in its own `Form`; what only one has, it declares itself.
SHARED = (
    Control("lang", "choice", "ja", LANGUAGES),
    Control("present", "choice", 0, (0, 1)),
    Control("text", "text", "今日は天気が良いね", sentence=True),
    Control("cell", "choice", "lstm", CELLS),
    Control("hidden", "choice", 16, HIDDEN_SIZES, counted=True),
    Control("weights", "choice", "trained", ("trained", "fresh"), pattern=NAMED),
    Control("seed", "number", 0, low=0, high=MAX_SEED),
    Control("t", "number", None, low=1, high=MAX_TOKENS, next_sentence=None),
    Control("unit", "number", 1, low=1, high=MAX_HIDDEN),
    Control("quantity", "choice", QUANTITY_KEYS[-1], QUANTITY_KEYS),
    Control("layer", "choice", 1, tuple(range(1, MAX_LAYERS + 1)), counted=True),
    Control("direction", "choice", "forward", ("forward", "backward")),
    Control("into", "text", ""),
    Control("head", "choice", "mean", ("mean", 1, 2, 3, 4)),
    Control("study", "choice", "beam", ("beam", "alter", "explain")),
    Control("beam", "choice", 3, (1, 2, 3, 5), counted=True),
    Control("force", "number", None, low=1, high=MAX_WRITTEN, next_sentence=None),
    Control("token", "text", ""),
    Control("blank", "number", None, low=1, high=MAX_TOKENS, next_sentence=None),
    Control("alter", "choice", "edit", ("edit", "mask", "pin", "move")),
    Control("scope", "choice", "all", ("all", "step")),
    Control("spot", "number", None, low=1, high=MAX_TOKENS, next_sentence=None),
    Control("row", "text", "", next_sentence=""),
    Control("pin", "choice", None, label="ui.pin"),  # read by a chapter that has its own form of it, `pinning`
    Control("task", "choice", "phrases", ("phrases", "names")),
    Control("length", "choice", 60, ("once", 60, MAX_WORDS)),
    Control("temperature", "real", 1.0, low=0, high=MAX_TEMPERATURE),
    Control("follows", "choice", "position", ("inside", "depth", "geminate", "palatal", "clause", "position")),
    Control("clamped", "choice", 4, (1, 4, 8), counted=True),
    Control("act", "choice", "tanh", ("tanh", "relu")),
    Control("start", "choice", "own", ("own", "identity", "orthogonal")),
    Control("fbias", "real", "own", ("own",), low=-5, high=5),
    Control("limit", "real", 1.0, low=0, high=100),
    Control("guess", "number", None, ("skip",), low=1, high=MAX_TOKENS, asked_of=NETWORK),
)


FRAME = ("lang", "present")


def union(shared: Iterable[Control], chapters: Iterable[Chapter]) -> Mapping[str, Control]:
    """Every control by its key: those that several chapters have, as they share them, then each chapter's own.

    A key is one thing. A chapter's `Control` has a key that no other row has. A key that it only names, and that of its
    `Form`, is a shared row's; of one row several chapters may have forms, which need not agree. A chapter has each key
    once, and none of the frame, which is the same around all of them.

    Raises:
        ValueError: what a chapter holds breaks this; which key of which chapter, and why.
    """
    every = {row.key: row for row in shared}
    common = frozenset(every)
    for chapter in chapters:
        for one, key in zip(chapter.holds, chapter.controls, strict=True):
            where = f"the control {key} of the chapter {chapter.name}"
            if key in FRAME or chapter.controls.count(key) > 1:
                raise ValueError(f"{where} is there already: {'on every page' if key in FRAME else 'it has it twice'}")
            if isinstance(one, Control):
                if key in every:
                    raise ValueError(f"{where} is declared elsewhere too; its own form of a shared one is a Form")
                every[key] = one
            elif key not in common:
                raise ValueError(f"{where} is no row of SHARED, where what several chapters have stands")
    return MappingProxyType(every)


@cache
def controls_of(chapter: Chapter) -> Mapping[str, Control]:
    """What an address means in a chapter: every control by its key, the chapter's own forms in their places."""
    forms = chapter.forms
    return MappingProxyType({key: forms[key].of(row) if key in forms else row for key, row in CONTROLS.items()})


CONTROLS = union(SHARED, CHAPTERS)


@dataclass(frozen=True)
class Notice:
    """Something in the address that was not taken as it stands.

    Attributes:
        code: why.
        key: which parameter.
        given: what it said.
        used: what is used instead.
        row: what it may be; None where there is no such control.
    """

    code: Problem
    key: str
    given: str
    used: Value = None
    row: Control | None = None

    def text(self, lang: str) -> str:
        """The warning in `lang`, as Markdown in which the given value is shown as it is."""
        row = self.row
        return text(
            f"controls.notice.{self.code}",
            lang,
            name=literal(self.key),
            given=literal(self.given),
            used=literal("" if self.used is None else str(self.used)),
            options=", ".join(map(str, row.options)) if row else "",
            low=str(row.low).replace("-", "−") if row else "",
            high=row.high if row else "",
            limit=f"{MAX_PARAMETERS if self.code == 'crowded' else MAX_TEXT:,}",
        )


def literal(given: str, limit: int = MAX_SHOWN) -> str:
    """Any text as a Markdown code span that shows it unchanged (but for control characters), cut at `limit`.

    Example:
        >>> literal("<b>*x*</b>")
        '`<b>*x*</b>`'
        >>> literal("a`b")
        '`` a`b ``'
    """
    shown = "".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") else c for c in given[: limit + 1])
    shown = shown[:limit] + "…" if len(given) > limit else shown
    if not shown.strip():
        return "`∅`"
    fence = "`" * (max((len(run) for run in re.findall("`+", shown)), default=0) + 1)
    pad = " " if "`" in shown else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


def clean(sentence: str) -> str:
    """What the address keeps of a sentence: one line without control characters, at most MAX_TEXT of it."""
    kept = (" " if c.isspace() else c for c in sentence if c.isspace() or unicodedata.category(c) not in ("Cc", "Cs"))
    return "".join(kept)[:MAX_TEXT]


def parse(
    query: Query, rows: Mapping[str, Control], defaults: State = MappingProxyType({})
) -> tuple[State, tuple[Notice, ...]]:
    """The state that an address describes, and what of it could not be taken.

    Whatever is missing, repeated, unknown or out of range is at its default: the one in `defaults` if it is there, else
    the row's own.

    Args:
        query: the parameters and their values.
        rows: what they mean: `controls_of` the chapter whose address it is.
        defaults: what a control is when the query is silent, where that is not its row's default.

    Example:
        >>> state, notices = parse({"hidden": ["7"], "cell": ["gru"]}, CONTROLS)
        >>> state["hidden"], state["cell"], notices[0].code
        (16, 'gru', 'option')
    """
    state: dict[str, Value] = {}
    problem: Problem | None
    notices = [Notice("unknown", key, (values or [""])[0]) for key, values in query.items() if key not in rows]
    for key, row in rows.items():
        default = defaults.get(key, row.default)
        values = query.get(key, [])
        if len(values) == 1:
            state[key], problem = _read(row, values[0], default)
        else:
            state[key], problem = default, "repeated" if values else None
        if problem:
            notices.append(Notice(problem, key, "&".join(values), state[key] if problem != "long" else None, row))
    return MappingProxyType(state), tuple(notices)


def _read(row: Control, given: str, default: Value) -> tuple[Value, Problem | None]:
    if row.kind == "text":
        return clean(given), "long" if len(given) > MAX_TEXT else None
    named = {str(option): option for option in row.options}
    if given in named:
        return named[given], None
    if row.pattern and re.fullmatch(row.pattern, given):
        return given, None
    plainly = _plainly(given, fraction=row.kind == "real")
    if plainly != given:
        value, problem = _read(row, plainly, default)
        return value, problem or "rewritten"
    if row.kind == "choice":
        return default, "option" if row.options else "unreadable"
    if row.kind == "real":
        real = re.fullmatch(r"-?[0-9]{1,9}(\.[0-9]{1,2})?", given) and row.low <= float(given) <= row.high
        return (tidy(row, float(given)), None) if real else (default, "real")
    return _whole(row, given, default)


def _plainly(given: str, *, fraction: bool) -> str:
    """A number without zeros before it; one that has no `fraction` also without one of zeros and a zero's sign.

    Example:
        >>> _plainly("016", fraction=False), _plainly("16.0", fraction=False), _plainly("-00.50", fraction=True)
        ('16', '16', '-0.50')
    """
    shape = re.fullmatch(r"(-?)([0-9]{1,18})(\.[0-9]{1,18})?", given)
    if shape is None:
        return given
    sign, whole, rest = shape[1], shape[2].lstrip("0") or "0", shape[3] or ""
    if not fraction and not rest.strip(".0"):
        rest = ""
    if not fraction and whole + rest == "0":
        sign = ""
    return f"{sign}{whole}{rest}"


def _whole(row: Control, given: str, default: Value) -> tuple[Value, Problem | None]:
    if not re.fullmatch(r"-?[0-9]+", given):
        return default, "place" if row.options else "number"
    if len(given) > 18 or not row.low <= int(given) <= row.high:
        return default, "place" if row.options else "range"
    return int(given), None


def tidy(row: Control, value: Value) -> Value:
    """A widget's value as the address can hold it."""
    if row.kind == "text":
        return None if value is None else clean(str(value))
    if row.kind == "real" and value not in row.options:
        return round(float(value or 0), 2) + 0.0  # no −0
    return value


def serialize(state: State, keys: tuple[str, ...] = tuple(CONTROLS)) -> dict[str, str]:
    """The address of a state: one parameter a control of `keys`, in their order.

    Example:
        >>> serialize({"lang": "en", "hidden": 8}, ("lang", "hidden"))
        {'lang': 'en', 'hidden': '8'}
    """
    return {key: str(state[key]) for key in keys if state[key] is not None}
