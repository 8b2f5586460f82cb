"""A picture outside of the app: as HTML, as what a notebook draws, and as a file."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rnn_core.errors import KiokuError

if TYPE_CHECKING:
    import os

    from rnn_core.figures.picture import Picture

PLOTLY = "application/vnd.plotly.v1+json"
RENDERED = (".svg", ".png", ".pdf")  # what Plotly draws with a browser of its own, kaleido's
PLAIN = {"displaylogo": False, "responsive": True}


def html(picture: Picture) -> str:
    """A part of a page, with its finding for those who can't see it or whose viewer runs no script."""
    drawn = picture.figure.to_html(full_html=False, include_plotlyjs="cdn", config=PLAIN)
    said = escape(f"{picture.title}. {picture.finding}")
    return f'<figure aria-label="{said}" style="margin: 0">{drawn}<noscript>{said}</noscript></figure>'


def plotly(picture: Picture) -> dict[str, Any]:
    """What notebooks draw that have Plotly with them."""
    return {PLOTLY: json.loads(picture.figure.to_json()) | {"config": PLAIN}}


def save(picture: Picture, path: str | os.PathLike[str]) -> None:
    """Write it; an HTML page has Plotly with it and needs no network.

    Raises:
        KiokuError: another ending than .html, .svg, .png, .pdf, or no renderer for the last three.
    """
    ending = Path(path).suffix.lower()
    if ending == ".html":
        picture.figure.write_html(path, include_plotlyjs=True, config=PLAIN)
        return
    if ending not in RENDERED:
        raise KiokuError("picture_ending", given=str(path), known=", ".join((".html", *RENDERED)))
    try:
        picture.figure.write_image(path)
    except (ImportError, RuntimeError, ValueError):  # Plotly's ways to say that kaleido or its browser is missing
        raise KiokuError("picture_renderer", given=str(path)) from None
