"""The probability of speech over time, as the network has it and with its forget gate clamped."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Bool, Float

from rnn_core.figures.lines import HEIGHT
from rnn_core.figures.margins import LABEL
from rnn_core.figures.picture import Legend, Mark, Picture
from rnn_core.messages import text
from rnn_core.speech.facts import STEP_MS

if TYPE_CHECKING:
    from rnn_core.figures.drawn import Drawn
    from rnn_core.figures.theme import Part, Theme


def speech_probability(
    own: Float[np.ndarray, " T"],
    clamped: Float[np.ndarray, " T"] | None,
    spoken: Bool[np.ndarray, " T"] | None,
    threshold: float,
    after: tuple[int, int | None] | None,
    *,
    lang: str,
    theme: Theme,
) -> Picture:
    """Both curves over the seconds, and the threshold.

    Args:
        own: as the network has it.
        clamped: with the forget gate clamped; None while that is asked.
        spoken: at which steps somebody speaks; None where nobody has said.
        threshold: from which on it counts as speech.
        after: how many steps beyond the last spoken one it still says speech, as it is and with the clamp.
        lang: the reader's language.
        theme: light or dark, and how large.
    """
    seconds = np.arange(len(own)) * STEP_MS / 1000
    named = {text("speech_probability.own", lang): own}
    if clamped is not None:
        named[text("speech_probability.clamped", lang)] = clamped
    marks = [Mark(sign, name) for sign, name in zip("━┄", named, strict=False)]
    truth = {} if spoken is None else {text("speech_probability.spoken", lang): spoken.astype(int)}
    return Picture(
        key="speech_probability",
        figure=_draw(seconds, named, threshold, lang, theme),
        title=text("speech_probability.title", lang),
        finding=_finding(own, threshold, after, lang),
        method=text("speech_probability.method", lang),
        legend=Legend("<i>p</i>", None, marks=tuple(marks)),
        table=MappingProxyType({text("speech_probability.time", lang): seconds, **named, **truth}),
    )


def _finding(own: Float[np.ndarray, " T"], threshold: float, after: tuple[int, int | None] | None, lang: str) -> str:
    if after is None:
        steps = int((own >= threshold).sum())
        return text("speech_probability.heard", lang, steps=steps, of=len(own), threshold=f"{threshold:.2f}")
    kept, clamped = (None if steps is None else steps * STEP_MS for steps in after)
    if clamped is None:
        return text("speech_probability.after", lang, kept=kept)
    return text("speech_probability.after_both", lang, kept=kept, clamped=clamped)


def _draw(
    seconds: Float[np.ndarray, " T"],
    named: Mapping[str, Float[np.ndarray, " T"]],
    threshold: float,
    lang: str,
    theme: Theme,
) -> Drawn:
    colors = (theme.mark("lstm"), theme["muted"])
    curves: list[Part] = [
        {
            "type": "scatter",
            "mode": "lines",
            "name": name,
            "x": seconds,
            "y": values,
            "line": theme.stroke(color, 2.5, dash) | {"shape": "hv"},
            "hovertemplate": f"{name}: %{{y:.3~g}}<extra></extra>",
        }
        for (name, values), color, dash in zip(named.items(), colors, ("solid", "dash"), strict=False)
    ]
    limit: Part = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": threshold, "y1": threshold}
    return theme.draw(
        theme.height(HEIGHT * 2 // 3) + theme.px(LABEL * 4),
        curves,
        margin={"t": theme.px(8), "b": theme.px(LABEL * 4)},
        hovermode="x unified",
        shapes=[{**limit, "line": theme.stroke(theme["muted"], 1.5, "dot")}],
        xaxis={
            "title": {"text": text("speech_probability.time", lang)},
            "range": [0, float(seconds[-1]) + STEP_MS / 1000],
        },
        yaxis={"range": [-0.03, 1.03], "nticks": 6, "showgrid": True},
    )
