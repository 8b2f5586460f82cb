"""How Japanese words change, in the units that the segmenter finds, and how their English does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

When = Literal["past", "now", "future"]
Tokens = tuple[str, ...]


@dataclass(frozen=True)
class Noun:
    """A thing. `place` says what kind of place it is, where it is one."""

    word: str
    english: str
    plural: bool = False
    place: str = ""


@dataclass(frozen=True)
class Being:
    """Somebody, or an animal. `english` comes with its article or "my"; `pronoun` is she, he or they."""

    word: str
    english: str
    gloss: str
    kind: Literal["human", "animal"] = "human"
    speaker: bool = False
    pronoun: str = "they"


@dataclass(frozen=True)
class Time:
    """When something happens, seen from now."""

    word: str
    english: str
    when: When


@dataclass(frozen=True)
class Adjective:
    """An adjective by its stem: 暑 for 暑い. With `na` it is a word like 静か, which changes with だ.

    Example:
        >>> Adjective("暑", "hot").form("past", negated=True)
        ('暑く', 'なかっ', 'た')
        >>> Adjective("静か", "calm", na=True).form("now")
        ('静か', 'だ')
    """

    stem: str
    english: str
    na: bool = False

    def form(self, when: When, *, negated: bool = False) -> Tokens:
        """Its ending for a time; what is to come is said as what is."""
        last: Tokens = ("なかっ", "た") if when == "past" else ("ない",)
        if negated:
            return (self.stem, "じゃ", *last) if self.na else (self.stem + "く", *last)
        if self.na:
            return (self.stem, "だっ", "た") if when == "past" else (self.stem, "だ")
        return (self.stem + "かっ", "た") if when == "past" else (self.stem + "い",)

    @property
    def te(self) -> Tokens:
        """The form that leads on to what follows: 強く て."""
        return (self.stem, "で") if self.na else (self.stem + "く", "て")


@dataclass(frozen=True)
class Verb:
    """A verb by the parts from which its forms are made: 噛む, 噛ん(だ), 噛ま(ない).

    Attributes:
        plain: as in a dictionary.
        joined: before た or て.
        open: before ない.
        english: "bite bites bit biting".
        voiced: it takes だ and で where others take た and て.
        wish: before たい, where the grammar wishes for it.

    Example:
        >>> Verb("噛む", "噛ん", "噛ま", "bite bites bit biting", voiced=True).form("past")
        ('噛ん', 'だ')
    """

    plain: str
    joined: str
    open: str
    english: str
    voiced: bool = False
    wish: str = ""

    @property
    def te(self) -> Tokens:
        """The form that leads on to what follows."""
        return self.joined, "で" if self.voiced else "て"

    def form(self, when: When, *, negated: bool = False) -> Tokens:
        """Its ending for a time; what is to come is said as what is."""
        if negated:
            return (self.open, "なかっ", "た") if when == "past" else (self.open, "ない")
        return (self.joined, "だ" if self.voiced else "た") if when == "past" else (self.plain,)

    def state(self, when: When, *, negated: bool = False) -> Tokens:
        """ "… is doing", "… was not doing"."""
        if negated:
            return (*self.te, "い", *(("なかっ", "た") if when == "past" else ("ない",)))
        return (*self.te, *(("い", "た") if when == "past" else ("いる",)))

    def want(self, *, negated: bool = False) -> Tokens:
        """ "Want to …", "do not want to …"."""
        return (self.wish, "たく", "ない") if negated else (self.wish, "たい")

    def say(self, when: When, *, negated: bool = False, third: bool = True) -> str:
        """Its English, as "bites", "did not bite" or "will bite"."""
        base, s_form, past, _ = self.english.split()
        if when == "future":
            return f"will not {base}" if negated else f"will {base}"
        if negated:
            auxiliary = "did" if when == "past" else "does" if third else "do"
            return f"{auxiliary} not {base}"
        return past if when == "past" else s_form if third else base

    @property
    def ing(self) -> str:
        """Its English, as "biting"."""
        return self.english.split()[3]


def be(when: When, *, plural: bool = False, speaker: bool = False, negated: bool = False) -> str:
    """The English "is", "were not", "will be" …

    Example:
        >>> be("past", plural=True, negated=True)
        'were not'
    """
    if when == "future":
        return "will not be" if negated else "will be"
    forms = ("was", "were", "was") if when == "past" else ("is", "are", "am")
    return forms[2 if speaker else 1 if plural else 0] + (" not" if negated else "")


def sentence(*parts: str, end: str = ".") -> str:
    """English parts as one sentence; empty parts leave no gap.

    Example:
        >>> sentence("the wind", "is", "", "strong")
        'The wind is strong.'
    """
    joined = " ".join(part for part in parts if part)
    return joined[0].upper() + joined[1:] + end
