"""Faces made of characters, and which of six feelings each shows: the data, and what of them is held out.

The data are those of the package kaomoji-dataset, read from it and not copied: the tiers "core" and "mixed", of at most
`MAX_LENGTH` characters, that show exactly one of the six. The labels come from input methods and rules, so some are
odd, and faces that differ in one arm are many.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections import Counter, defaultdict
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from pydantic import TypeAdapter

from rnn_core import checkout

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Feeling = Literal["happy", "angry", "surprised", "sad", "shy", "sleepy"]
FEELINGS: tuple[Feeling, ...] = get_args(Feeling)
MAX_LENGTH = 20  # characters of the longest that is learned
SEEN = 5  # a character that fewer of the faces to learn from have is read as the unknown one
HELD_OUT = 10  # of so many sets of characters one is held out
ALPHABET, CHARACTERS = Path(__file__).with_name("alphabet.json"), TypeAdapter(list[str])
TIERS = ("core", "mixed")
UNUSED = ('"tier":"verbose"', '"tier":"extended"')  # half of the lines, known without reading what they say


class Kaomoji(NamedTuple):
    """A face and what it shows."""

    text: str
    feeling: Feeling


class Split(NamedTuple):
    """Those to learn from and those that are held out."""

    train: tuple[Kaomoji, ...]
    test: tuple[Kaomoji, ...]


@cache
def faces() -> tuple[Kaomoji, ...]:
    """All of them, each once, in the order of their characters."""
    shown: defaultdict[str, set[Feeling]] = defaultdict(set)
    for text, emotions in rows():
        if len(text) <= MAX_LENGTH:
            shown[text].update(feeling for feeling in FEELINGS if feeling in emotions)
    return tuple(Kaomoji(text, *feelings) for text, feelings in sorted(shown.items()) if len(feelings) == 1)


@cache
def split() -> Split:
    """Faces that are made of the same characters stand on the same side, in whatever order they have them."""
    train, test = (tuple(face for face in faces() if is_held_out(face.text) == held) for held in (False, True))
    return Split(train, test)


def is_held_out(text: str) -> bool:
    """Whether a face is held out, by the set of its characters alone.

    Example:
        >>> is_held_out("(^_^)") == is_held_out("(^__^)") == is_held_out("_^()")
        True
    """
    digest = hashlib.sha256("".join(sorted(set(text))).encode()).digest()
    return int.from_bytes(digest[:4], "big") % HELD_OUT == 0


def count_characters(learned: Sequence[Kaomoji]) -> tuple[str, ...]:
    """The characters that at least `SEEN` of some faces have, the commonest first.

    Example:
        >>> count_characters([Kaomoji("(^_^)", "happy")] * 4 + [Kaomoji("(T_T)", "sad")])
        ('(', ')', '_')
    """
    counts = Counter(character for face in learned for character in sorted(set(face.text)))
    return tuple(sorted((one for one, count in counts.items() if count >= SEEN), key=lambda one: (-counts[one], one)))


@cache
def alphabet() -> tuple[str, ...]:
    """`count_characters` of the faces to learn from, as it is stored beside this module: nobody waits for the data.

    Raises:
        KiokuError: the file is missing or damaged.

    Example:
        >>> alphabet()[:2], 500 < len(alphabet()) < 700
        (('(', ')'), True)
    """
    found: list[str] = checkout.table(ALPHABET, CHARACTERS)
    return tuple(found)


def rows() -> Iterator[tuple[str, list[str]]]:
    """Each line of the two tiers: its text, and what the data say that it shows.

    One line after the other: all of them at once would take half a gigabyte.
    """
    packed = resources.files("kaomoji_dataset").joinpath("data/kaomoji.jsonl.gz")
    with packed.open("rb") as file, gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            if not any(unused in line for unused in UNUSED):
                row = json.loads(line)
                if row["tier"] in TIERS:
                    yield row["text"], row["emotion"]
