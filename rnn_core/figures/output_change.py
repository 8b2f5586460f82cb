"""What is expected at one step as it was and as it is now: the likeliest outputs of both, on one scale."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.figures.captions import percent
from rnn_core.figures.picture import Legend, Mark, Picture
from rnn_core.figures.theme import WORD
from rnn_core.figures.words import quoted, short
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Sequence

    import plotly.graph_objects as go
    from numpy.typing import NDArray

    from rnn_core.figures.theme import Part, Theme

    Array = NDArray[np.floating]

ROW, COUNT, LONGEST = 34, 4, 12  # px an output; outputs of each side; characters of one
BEFORE, AFTER = "○", "●"


def output_change(
    before: Array,
    after: Array,
    outputs: Sequence[str],
    *,
    lang: str,
    theme: Theme,
    count: int = COUNT,
    suffix: str = "",
) -> Picture:
    """The `count` likeliest outputs of two distributions, (V,) each, over the same `outputs`."""
    shown = _outputs(before, after, count)
    names = [outputs[at] for at in shown]
    sides = text("output_change.before", lang), text("output_change.after", lang)
    return Picture(
        key=f"output_change{suffix}",
        figure=_draw(before[shown], after[shown], names, sides, lang, theme),
        title=text("output_change.title", lang),
        finding=_finding(before, after, outputs, lang),
        method=text("output_change.method", lang, count=len(outputs)),
        legend=Legend("<i>p</i>", None, marks=(Mark(BEFORE, sides[0]), Mark(AFTER, sides[1]))),
        table=MappingProxyType(
            {text("figures.column.output", lang): tuple(names), sides[0]: before[shown], sides[1]: after[shown]}
        ),
    )


def _outputs(before: Array, after: Array, count: int) -> list[int]:
    """The likeliest of either side, those of the first side first, each once."""
    ranked = [np.argsort(-side, kind="stable")[:count] for side in (before, after)]
    return list(dict.fromkeys(int(at) for at in np.concatenate(ranked)))


def _draw(
    before: Array, after: Array, names: Sequence[str], sides: tuple[str, str], lang: str, theme: Theme
) -> go.Figure:
    places = np.arange(len(names), dtype=np.int16)
    stems: Part = {
        "type": "scatter",
        "mode": "lines",
        "x": np.stack([before, after, np.full(len(names), np.nan)], axis=1).ravel(),
        "y": np.repeat(places, 3),
        "line": theme.stroke(theme["edge"], 3),
        "name": "change",
        "hoverinfo": "skip",
    }
    points = [
        _points(values, places, side, hollow, theme)
        for values, side, hollow in ((before, sides[0], True), (after, sides[1], False))
    ]
    labels = [short(name, LONGEST) for name in names]
    return theme.draw(
        theme.height(ROW) * len(names) + theme.px(48),
        [stems, *points],
        margin={"l": theme.px(8), "r": theme.px(16), "t": theme.px(8), "b": theme.px(40)},
        xaxis={
            "range": [-0.03, 1.03],
            "tickvals": [0, 0.5, 1],
            "ticktext": ["0", "0.5", "1"],
            "showgrid": True,
            "title": {"text": text("figures.column.probability", lang)},
        },
        yaxis={
            "tickmode": "array",
            "tickvals": list(range(len(names))),
            "ticktext": [f"{label} " for label in labels],
            "tickfont": theme.font(WORD),
            "range": [len(names) - 0.5, -0.5],
        },
    )


def _points(values: Array, places: NDArray[np.int16], side: str, hollow: bool, theme: Theme) -> Part:
    """Rings for one side, dots for the other: both are seen where they lie on each other."""
    color = theme.ramp("share")[6]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": values,
        "y": places,
        "name": side,
        "marker": theme.dot(color, 13 if hollow else 8, "circle-open" if hollow else "circle", width=2),
        "hovertemplate": f"%{{y}} {side}: %{{x:.5~g}}<extra></extra>",
    }


def _finding(before: Array, after: Array, outputs: Sequence[str], lang: str) -> str:
    first, second = int(before.argmax()), int(after.argmax())
    was, now = (percent(float(side[first]), lang) for side in (before, after))
    kept = text("output_change.kept", lang, word=quoted(outputs[first], "", lang), before=was, after=now)
    if first == second:
        return kept
    new = percent(float(after[second]), lang)
    other = text("output_change.other", lang, word=quoted(outputs[second], "", lang), after=new)
    return text("figures.join", lang, first=other, second=kept)
