"""Everything about the word segmenter that is kept between runs, like `cache.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._ui.memo import cached

LONG = 60  # characters; the maps of more take some tenths of a second

if TYPE_CHECKING:
    from rnn_core.segmentation.measures import Influences
    from rnn_core.segmentation.playback import Playback
    from rnn_core.segmentation.prefixes import Revealed
    from rnn_core.segmentation.tags import Later, Segmentation


@cached()
def segmented(sentence: str, later: Later = "own", other: str = "") -> Segmentation:
    """The sentence in words, with its own backward half or with something else in its place.

    Raises:
        KiokuError: nothing to read.
    """
    from rnn_core.segmentation import model  # needs torch

    return model.segmented(sentence, later, other)


@cached()
def played(characters: str, lent: str, *, whole: bool) -> Playback:
    """Every beginning of the characters with every backward direction, or the whole alone."""
    from rnn_core.segmentation import playback  # needs torch

    return playback.play(characters, lent, whole=whole)


@cached(heavy=lambda characters: len(characters) > LONG)
def influences(characters: str) -> Influences:
    """What moves what."""
    from rnn_core.segmentation import measures  # needs torch

    return measures.influences(characters)


@cached(heavy=lambda characters: len(characters) > LONG)
def revealed(characters: str) -> Revealed:
    """When each decision is right."""
    from rnn_core.segmentation import measures  # needs torch

    return measures.revealed(characters)


@cached()
def weights_file(sentence: str, later: Later, other: str) -> bytes:
    """The segmenter's weights and what came in, as a file to take home."""
    from rnn_core.segmentation import model  # needs torch

    return model.weights_bytes(segmented(sentence, later, other))
