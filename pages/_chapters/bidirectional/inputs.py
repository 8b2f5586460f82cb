"""What the address asks of /bidirectional: a sentence, what stands in for the backward direction, how far is read."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, cast

import streamlit as st

from pages._chapters.bidirectional import computed as cache
from pages._ui import pin
from pages._ui.address import CONTROLS
from pages._ui.contrasts import Contrast
from pages._ui.words import plain
from rnn_core import KiokuError
from rnn_core.figures.characters import divided
from rnn_core.figures.words import TOKEN_LANGUAGE
from rnn_core.messages import text
from rnn_core.segmentation.tags import (
    BETTER_WITHOUT,
    MAX_CHARACTERS,
    NEEDED,
    NEVER_RIGHT,
    OTHER_MEANING,
    UNMOVED,
    Later,
)

if TYPE_CHECKING:
    from pages._ui.shell import View
    from rnn_core.segmentation.tags import Segmentation

CONTRASTS = tuple(
    Contrast(name, {}, silent={"text": sentence, "t": None})  # the sentence stands above the buttons
    for name, sentence in (
        ("needed", NEEDED),
        ("other_meaning", OTHER_MEANING),
        ("better_without", BETTER_WITHOUT),
        ("never_right", NEVER_RIGHT),
        ("unmoved", UNMOVED),
    )
)
ENDINGS = ("た", "て", "たら", "たり")  # of the past and the te-form
WIDE_SPACE = "\u3000"  # what a space is read as
JAPANESE = (range(0x3041, 0x3100), range(0x4E00, 0xA000))  # kana, kanji


@dataclass(frozen=True, eq=False)
class Reading:
    """The sentence in words.

    Attributes:
        own: with its own backward direction.
        seen: with what the reader put in its place.
        lent: the text whose backward states are lent, as nagisa reads it.
        step: how many characters are read; None for all.
    """

    own: Segmentation
    seen: Segmentation
    lent: str
    step: int | None

    @property
    def later(self) -> Later:
        """What the reader put in the place of the backward direction."""
        return self.seen.later

    @property
    def unchanged(self) -> Reading:
        """The same with the backward direction as it is."""
        return replace(self, seen=self.own)

    @property
    def text(self) -> str:
        """The characters."""
        return self.own.characters.text


def read(view: View) -> Reading:
    """Segment the sentence of the address.

    Raises:
        KiokuError: nothing to read in it.
    """
    sentence, later = view.text("text"), cast("Later", view.state["later"])
    own = cache.segmented(sentence)
    lent = _lent(view)
    seen = cache.segmented(sentence, later, lent if later == "other" else "")
    return Reading(own, seen, cache.segmented(lent).characters.text, _step(view, len(own)))


def _lent(view: View) -> str:
    """The sentence whose backward states are lent; the default where nothing can be read."""
    given, default = view.text("lend"), str(CONTROLS["lend"].default)
    try:
        cache.segmented(given)
    except KiokuError:
        st.warning(text("bidirectional.lent_empty", view.lang, used=default))
        return default
    return given


def _step(view: View, last: int) -> int | None:
    asked = view.state["t"]
    if isinstance(asked, int) and asked > last:
        pin.beyond(view, "bidirectional.no_character", asked, last)
        return last
    return asked if isinstance(asked, int) else None


def remarks(view: View, reading: Reading) -> None:
    """What of the sentence was not read, what it was read as, and what the network does not know."""
    lang, own = view.lang, reading.own.characters
    if own.cut:
        st.warning(text("bidirectional.cut", lang, limit=MAX_CHARACTERS))
    said: list[str] = []
    if own.text.replace(WIDE_SPACE, " ") != view.text("text").strip() and not own.cut:
        said.append(text("bidirectional.read_as", lang, sentence=own.text))
    if shown := [character for character in own.unknown if _has_shape(character)]:
        unknown = text("ui.comma", lang).join(shown)
        said.append(text("bidirectional.unknown", lang, characters=unknown))
    if not any(ord(character) in block for character in own.text for block in JAPANESE):
        said.append(text("bidirectional.no_kana", lang))
    said += [_split(stem, ending, lang) for stem, ending in own_splits(reading)]
    if lang != TOKEN_LANGUAGE:
        said.append(text("bidirectional.romaji", lang))
    for one in said:
        st.html(f'<p class="quiet" lang="{lang}">{plain(one)}</p>')


def own_splits(reading: Reading) -> tuple[tuple[str, str], ...]:
    """Each pair of words once that a reader may take for one: a stem that ends in っ, and its ending."""
    pairs = pairwise(reading.own.words)
    return tuple(dict.fromkeys((stem, ending) for stem, ending in pairs if stem.endswith("っ") and ending in ENDINGS))


def _split(stem: str, ending: str, lang: str) -> str:
    whole, first, second = (divided((word,), lang) for word in (stem + ending, stem, ending))
    return text("bidirectional.split", lang, whole=whole, stem=first, ending=second)


def _has_shape(character: str) -> bool:
    """Whether it can be shown alone: joiners and marks belong to what is before them."""
    return character.isprintable() and not unicodedata.category(character).startswith("M")
