"""What a figure function returns: the drawing and every word and number that goes with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import os
    from collections.abc import Mapping

    import numpy as np
    from pandas import DataFrame

    from rnn_core.figures.drawn import Drawn
    from rnn_core.quantities import Scale


@dataclass(frozen=True)
class Mark:
    """One sign that occurs in a drawing, and what it means.

    Attributes:
        glyph: the sign as a character, such as △.
        meaning: plain text in the reader's language.
        color: the colour that it has in the drawing, "" for the colour of text.
    """

    glyph: str
    meaning: str
    color: str = ""


@dataclass(frozen=True)
class Legend:
    """What the colours and signs of a drawing mean.

    Attributes:
        symbol: the quantity's symbol as HTML of our own making (`<i>c</i><sub>t</sub>`); never a reader's text.
        scale: the colour scale (`Theme.ramp` has its colours), or None where no colour is a number.
        low: the label of the scale's low end, such as "−1", or "≤ −1.4" where something lies beyond it.
        high: the label of its high end.
        marks: the signs that occur, and no others.
    """

    symbol: str
    scale: Scale | None
    low: str = ""
    high: str = ""
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, eq=False)
class Picture:
    """A figure with its words and its numbers, which shows itself in a notebook.

    Attributes:
        key: what it shows; the chart's key on a page is `chart_<key>`.
        figure: the Plotly figure.
        title: the quiet name of the picture. Plain text, like the next two; may hold a reader's words, so escape it.
        finding: what is to be seen now, computed from the numbers. It is the alternative text too.
        method: one line on how it was drawn.
        legend: what colours and signs mean, or None where nothing needs saying.
        table: the exact numbers, a column each under its heading, all of one length.
    """

    key: str
    figure: Drawn
    title: str
    finding: str
    method: str
    legend: Legend | None
    table: Mapping[str, tuple[object, ...] | np.ndarray]

    def __repr__(self) -> str:
        return f"Picture: {self.title}. {self.finding}"

    def update_layout(self, *changes: object, **values: object) -> Picture:
        """Change the figure's layout, as Plotly's function of that name does; the picture itself, to be shown."""
        self.figure.update_layout(*changes, **values)
        return self

    def frame(self) -> DataFrame:
        """The exact numbers, a column each."""
        from pandas import DataFrame

        return DataFrame(dict(self.table))

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write it as a page of its own (.html), or, where Plotly has a renderer, as .svg, .png or .pdf.

        Raises:
            KiokuError: another ending, or no renderer.
        """
        from rnn_core.figures import written  # it needs Plotly

        written.save(self, path)

    def _repr_html_(self) -> str:
        from rnn_core.figures import written  # it needs Plotly

        return written.html(self)

    def _repr_mimebundle_(self, **_chosen: object) -> dict[str, Any]:
        """What a notebook chooses from: Plotly's JSON, HTML, and a sentence where nothing can be drawn."""
        from rnn_core.figures import written  # it needs Plotly

        return {**written.plotly(self), "text/html": self._repr_html_(), "text/plain": repr(self)}
