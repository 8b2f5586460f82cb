"""What the address asks of /bidirectional: which sentence, what stands in for the backward half, which character."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, cast

import streamlit as st

from pages._chapters.bidirectional import computed as cache
from pages._ui import controls
from pages._ui.address import CONTROLS
from pages._ui.contrasts import Contrast
from pages._ui.words import plain
from rnn_core import KiokuError
from rnn_core.figures.characters import divided
from rnn_core.figures.words import TOKEN_LANGUAGE
from rnn_core.messages import text
from rnn_core.segmentation.tags import (
    BETTER_WITHOUT,
    LATER,
    MAX_CHARACTERS,
    NEEDED,
    NEVER_RIGHT,
    OTHER_MEANING,
    UNMOVED,
    Later,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages._ui.shell import View
    from rnn_core.segmentation.tags import Segmentation

CONTRASTS = tuple(
    Contrast(name, {"text": sentence}, silent={"t": None})
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
    """The sentence under every backward half.

    Attributes:
        found: what stands in for the backward half → the segmentation.
        later: the one that the reader looks at.
        step: the chosen character, 0-based; the last one unless the address names another.
    """

    found: Mapping[Later, Segmentation]
    later: Later
    step: int

    @property
    def own(self) -> Segmentation:
        """With its own backward half."""
        return self.found["own"]

    @property
    def seen(self) -> Segmentation:
        """With the one that the reader looks at."""
        return self.found[self.later]

    @property
    def unchanged(self) -> Reading:
        """The same, looked at with its own backward half."""
        return replace(self, later="own")

    @property
    def text(self) -> str:
        """The characters."""
        return self.own.characters.text


def choose(view: View) -> None:
    """What stands in for the backward half: buttons that wrap where there is no room for a row."""
    lang = view.lang
    st.pills(
        text("controls.later.label", lang),
        LATER,
        key="later",
        required=True,
        wrap=True,
        format_func=lambda option: controls.option_name("later", option, lang),
    )


def read(view: View) -> Reading:
    """Segment the sentence of the address in every way.

    Raises:
        KiokuError: nothing to read in it.
    """
    sentence, later = view.text("text"), cast("Later", view.state["later"])
    own = cache.segmented(sentence)
    other = _lent(view)
    found = {one: cache.segmented(sentence, one, other if one == "other" else "") for one in LATER}
    return Reading(found, later, _step(view, len(own)))


def _lent(view: View) -> str:
    """The sentence whose backward half is lent; the default where nothing can be read."""
    given, default = view.text("lend"), str(CONTROLS["lend"].default)
    try:
        cache.segmented(given)
    except KiokuError:
        st.warning(text("bidirectional.lent_empty", view.lang, used=default))
        return default
    return given


def _step(view: View, last: int) -> int:
    asked = view.state["t"]
    if not isinstance(asked, int):
        return last - 1
    if asked > last:
        st.warning(text("bidirectional.no_character", view.lang, given=asked, last=last))
    return min(asked, last) - 1


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
