"""The ends of every control, from the table of the address: what a search for its costliest state tries.

A state is a mapping from a control to one of its candidates; a control that is not in it is at its default. A text
stands there as its kind and length, `kanji 1000`, and is written anew for each visit, so that nothing of it is kept.
"""

from __future__ import annotations

import random
from types import MappingProxyType
from typing import TYPE_CHECKING

from pages._ui.address import FRAME, MAX_TEXT, controls_of
from pages._ui.chapter import MAX_PIN
from pages._ui.predict import SKIP

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pages._ui.address import Control
    from pages._ui.shell import Chapter

State = dict[str, str]
PIN, TWIN = "pin", "twin"
TWINS = 1000  # the number of the visit for which the state beside is written, counted from the present one's
LENGTHS = (12, 60, MAX_TEXT)  # of a text: what the shortest and the next limit let pass, and all that an address holds
BETWEEN = (40, 200)  # tried for the kind that was the costliest
USUAL: Mapping[str, str] = MappingProxyType(  # what is read where a state says nothing, as long as the default
    {"text": "words 12", "english": "letters 10", "names": "names 7", "kanji": "kanji 2"}
)

COMMON = "今日天気良犬人猫私行見食飲大小高安新古山川田中本東京学校先生時間会社車駅電話水火木金土" + "美咲翔花子龍介"
LEARNED = ("今日", "は", "天気", "が", "良い", "ね", "犬", "人", "を", "噛む", "とても", "悪い")
NAMES = ("はなこ", "たろう", "さくら", "けんた")
MIXED = "、。・!?「」()…ー~#&<>*_`'\"\\|-+=/:;@$%^ \u3000\u0301\u200d\U0001f600\U0001f468\U0001f1ef"


def _joined(parts: Sequence[str], between: str, length: int, rng: random.Random) -> str:
    chosen = rng.choices(parts, k=length)
    return between.join(chosen)[:length].removesuffix(between)


KINDS: Mapping[str, Callable[[int, random.Random], str]] = MappingProxyType(
    {
        "words": lambda length, rng: _joined(LEARNED, " ", length, rng),
        "kanji": lambda length, rng: "".join(rng.choices(COMMON, k=length)),
        "rare": lambda length, rng: "".join(map(chr, rng.sample(range(0x4E00, 0x9FA5), length))),
        "same": lambda length, rng: chr(rng.randrange(0x4E00, 0x9FA5)) * length,
        "letters": lambda length, rng: "".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=length)),
        "names": lambda length, rng: _joined(NAMES, "・", length, rng),
        "mixed": lambda length, rng: "".join(rng.choices(MIXED, k=length)),
    }
)


def written(told: str, rng: random.Random) -> str:
    """A text of a kind and a length; anything else stands for itself.

    Example:
        >>> len(written("letters 40", random.Random(1))), written("", random.Random(1))
        (40, '')
    """
    kind, _, length = told.partition(" ")
    return KINDS[kind](int(length), rng) if kind in KINDS else told


def candidates(row: Control) -> tuple[str, ...]:
    """What a control may be at its ends: each option, both ends of a number, each kind of text at each length.

    What only a reader's own file has beside its options is not there for somebody who has opened none. The state that
    may be pinned beside the present one is much the same, written anew.

    Example:
        >>> from pages._ui.address import CONTROLS
        >>> candidates(CONTROLS["beam"]), candidates(CONTROLS["t"])
        (('1', '2', '3', '5'), ('1', '60'))
    """
    if row.key == PIN:
        return (TWIN,)
    if row.kind == "text":
        return ("", SKIP, *(f"{kind} {length}" for kind in KINDS for length in LENGTHS))
    ends = () if row.kind == "choice" else (row.low, row.high)
    return tuple(map(str, (*row.options, *ends)))


def between(told: str) -> tuple[str, ...]:
    """A text's kind at the other lengths.

    Example:
        >>> between("rare 60"), between("")
        (('rare 40', 'rare 200'), ())
    """
    kind = told.partition(" ")[0]
    return tuple(f"{kind} {length}" for length in BETWEEN) if kind in KINDS else ()


def query(chapter: Chapter, state: Mapping[str, str], number: int) -> dict[str, str]:
    """The address of a state, as nobody before visit `number` has opened it."""
    asked = {}
    for key in (*FRAME, *chapter.controls):
        row, told = controls_of(chapter)[key], state.get(key, USUAL.get(key))
        if key == "seed":
            asked[key] = str(row.high - number if told == str(row.high) else number)
        elif told is not None and told != TWIN:
            asked[key] = _unseen(row, told, number)
    if state.get(PIN) == TWIN:
        beside = {key: told for key, told in state.items() if key not in (*FRAME, PIN)}
        asked[PIN] = _pinned(chapter, query(chapter, beside, number + TWINS))
    return {"lang": "en"} | asked


def _pinned(chapter: Chapter, asked: Mapping[str, str]) -> str:
    """A state as a pinned one, as far as there is room for it; a text's own signs for that are left out."""
    said: list[str] = []
    for key, told in asked.items():
        setting = f"{key}.{told.replace('~', '')}"
        if key not in FRAME and len("~".join([chapter.name, *said, setting])) <= MAX_PIN:
            said.append(setting)
    return f"{chapter.name}~{'~'.join(said)}"


def _unseen(row: Control, told: str, number: int) -> str:
    if row.kind == "text":
        return written(told, random.Random(f"{row.key} {told} {number}"))
    if row.kind != "real" or told in map(str, row.options):
        return told
    aside = (number % 50) / 100  # from an end towards the other
    return f"{float(told) + (aside if float(told) == row.low else -aside):.2f}"
