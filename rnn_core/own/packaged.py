"""Two networks of others that come with packages, opened as a reader's own file is."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from rnn_core.errors import KiokuError
from rnn_core.own.files import OwnFile, describe
from rnn_core.own.setup import PACKAGED
from rnn_core.recurrent.checkpoint import load_checkpoint
from rnn_core.segmentation.model import segmenter

LICENCE = "MIT"  # of both
WEIGHTS = Path("data", "silero_vad_16k.safetensors")


@cache
def find_packaged(name: str) -> OwnFile:
    """The file that a package ships, by `file:<package>`; one for all, for reading only.

    Raises:
        KiokuError: there is no such package here.

    Example:
        >>> (part,) = find_packaged("file:nagisa").parts
        >>> part.cell, part.directions
        ('lstm', 2)
    """
    package = name.removeprefix("file:")
    if package not in PACKAGED:
        raise KiokuError("source_file", given=name)
    if package == "nagisa":
        return describe(name, "nagisa", {"recurrent": segmenter().recurrent}, licence=LICENCE)
    found = find_spec("silero_vad")  # never imported: that would load a package of its own for sound
    if found is None or found.origin is None:
        raise KiokuError("own_package", package="silero-vad")
    loaded = load_checkpoint(Path(found.origin).parent / WEIGHTS)
    return describe(name, "silero-vad", loaded.modules, loaded.notes, loaded.ignored, LICENCE)
