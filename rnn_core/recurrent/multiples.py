"""A trace at one glance, as HTML: a small image a quantity, a pixel a number. Needs neither Plotly nor torch."""

from __future__ import annotations

import struct
import zlib
from base64 import b64encode
from html import escape
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.colours import SCALES, channels, mixed
from rnn_core.messages import text
from rnn_core.quantities import QUANTITIES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from rnn_core.quantities import Array, Quantity, Scale
    from rnn_core.recurrent.trace import LayerTrace, Trace

    Pixels = NDArray[np.uint8]

UNITS, STEPS, PANELS = 64, 200, 24  # so many are shown at most, the first ones
SHADES = 255  # of a scale; the last place of the palette is for what is not finite
LOST = "#7C8794"
WIDE, HIGH = 160, 96  # px of a panel
LANG = "en"  # a notebook does not say its reader's language


def overview(trace: Trace) -> str:
    """What `Trace` shows in a notebook: its first line, and small images of the first quantities of its first sequence.

    Each is at most 64 units × 200 steps large.
    """
    head = escape(repr(trace).partition("\n")[0])
    one = trace.sequence(0) if trace["hidden_state"].ndim == 3 else trace
    every = [
        (layer, direction, row, values)
        for layer, directions in enumerate(one.layers)
        for direction, values in enumerate(directions)
        for row in QUANTITIES.of(values.cell)
        if row.key in values
    ]
    shown = "".join(_panel(*each) for each in islice(every, PANELS))
    notes = " ".join(_notes(trace, one, len(every)))
    return (
        f"<div><code>{head}</code>"
        f'<div style="display: flex; flex-wrap: wrap; gap: 12px; margin: 8px 0">{shown}</div>{notes}</div>'
    )


def _notes(trace: Trace, one: Trace, panels: int) -> Iterator[str]:
    """What is left out, a sentence each."""
    yield text("multiples.axes", LANG)
    if trace is not one:
        yield text("multiples.sequence", LANG, sequences=trace["hidden_state"].shape[1])
    if len(one) > STEPS:
        yield text("multiples.steps", LANG, shown=STEPS, steps=len(one))
    if (units := max(values.shape[1] for values in one.layers[0][0].values())) > UNITS:
        yield text("multiples.units", LANG, shown=UNITS, units=units)
    if panels > PANELS:
        yield text("multiples.panels", LANG, shown=PANELS, panels=panels)


def _panel(layer: int, direction: int, row: Quantity, one: LayerTrace) -> str:
    """One quantity: its image, name, place and the ends of its colours."""
    low, high = row.limits(one)
    place = text("multiples.backwards" if direction else "multiples.forwards", LANG, layer=layer + 1)
    name = text(f"quantities.{row.key}.name", LANG)
    span = text("multiples.span", LANG, low=_number(low), high=_number(high))
    pixels = _shades(one[row.key][:STEPS, :UNITS], low, high).T
    style = f"width: {WIDE}px; height: {HIGH}px; image-rendering: pixelated; display: block"
    return (
        f'<figure style="margin: 0; font-size: 12px">'
        f'<img alt="{name}, {place}" style="{style}" src="{_image(pixels, row.scale)}">'
        f"<figcaption>{name}<br>{place}<br>{span}</figcaption></figure>"
    )


def _number(end: float) -> str:
    return f"{end:g}".replace("-", "−")


def _shades(values: Array, low: float, high: float) -> Pixels:
    """The place of each number in the palette."""
    finite = np.isfinite(values)
    shares = (np.where(finite, values, low).astype(np.float64) - low) / (high - low)
    places = np.rint(np.clip(shares, 0, 1) * (SHADES - 1)).astype(np.uint8)
    return np.where(finite, places, SHADES).astype(np.uint8)


def _image(pixels: Pixels, scale: Scale) -> str:
    """A PNG of (rows, columns) places in the palette, as an address.

    Source: PNG (Portable Network Graphics) Specification, third edition, W3C 2025: colour type 3, no filter.
    """
    stops = SCALES[scale]["light"]
    palette = bytes(value for shade in range(SHADES) for value in mixed(stops, shade / (SHADES - 1)))
    rows, columns = pixels.shape
    lines = b"".join(b"\0" + line.tobytes() for line in pixels)
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", columns, rows, 8, 3, 0, 0, 0)),
        (b"PLTE", palette + bytes(channels(LOST))),
        (b"IDAT", zlib.compress(lines, 9)),
        (b"IEND", b""),
    )
    made = b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, held) for kind, held in parts)
    return "data:image/png;base64," + b64encode(made).decode("ascii")


def _chunk(kind: bytes, held: bytes) -> bytes:
    return struct.pack(">I", len(held)) + kind + held + struct.pack(">I", zlib.crc32(kind + held))
