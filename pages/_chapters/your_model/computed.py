"""What is computed for the page: the networks of opened files on their inputs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._ui import cache, own_files
from pages._ui.memo import memoized
from rnn_core.models.sources import find_source
from rnn_core.own.file_source import find_opened, numbered
from rnn_core.statistics import comparison

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from pages._chapters.your_model.settings import Chosen
    from rnn_core.models.model_trace import ModelTrace
    from rnn_core.own.files import OwnFile
    from rnn_core.own.setup import Setup
    from rnn_core.text.tokenizer import Segmented

DRAWN = 64  # units of one map
LINES = 6  # units of one chart of lines


def opened(name: str) -> OwnFile:
    """A file that this reader has opened, or one that a package ships.

    Raises:
        KiokuError: there is no such file here.
    """
    return find_opened(own_files.here(), name)


def words(sentence: str) -> Segmented:
    """A sentence in words."""
    return cache.words(sentence)


def steps(count: int) -> tuple[str, ...]:
    """So many steps that are called by their places."""
    return numbered(count)


def run(chosen: Chosen, setup: Setup) -> ModelTrace:
    """What one direction of one layer of a network computes on the chosen input, in the order of its reading.

    Of a network with fewer layers or directions than the chosen one, its last.
    """
    spec = find_source(setup.name).describe(setup.name)
    part = chosen.shown
    last = spec.layers - 1, int(spec.bidirectional)
    return cache.shown(cache.trace(spec, chosen.tokens), min(part.layer, last[0]), min(part.direction, last[1]))


def liveliest(values: NDArray[np.floating], count: int) -> tuple[int, ...]:
    """The units that vary most over time, the most first."""
    return memoized(comparison.liveliest, values, count)
