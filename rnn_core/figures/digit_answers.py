"""What a network answers while a digit is spoken: the probability of each of the ten at every moment."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.figures import tiles
from rnn_core.figures.captions import percent
from rnn_core.figures.margins import LABEL
from rnn_core.figures.picture import Legend, Mark, Picture
from rnn_core.messages import text
from rnn_core.sound.rate import RATE
from rnn_core.sound.spectrogram import HOP
from rnn_core.tasks.digits import WORDS

if TYPE_CHECKING:
    from rnn_core.figures.drawn import Drawn
    from rnn_core.figures.theme import Theme
    from rnn_core.speech.digits import Answers

ROW = 24  # px a digit


def digit_answers(found: Answers, *, lang: str, theme: Theme, key: str = "digit_answers") -> Picture:
    """A row a digit, a column a moment of 16 ms.

    Args:
        found: what the network answers.
        lang: the reader's language.
        theme: light or dark, and how large.
        key: of the chart.
    """
    milliseconds = np.arange(len(found.shares)) * HOP * 1000 // RATE
    names = [f"{digit} {word}" for digit, word in enumerate(WORDS)]
    spoken = found.digit is not None
    marks = (Mark("▷", text("digit_answers.spoken", lang)),) if spoken else ()
    return Picture(
        key=key,
        figure=_draw(found, milliseconds, names, lang, theme),
        title=text("digit_answers.title" if spoken else "digit_answers.title.own", lang),
        finding=_finding(found, int(milliseconds[found.settled]), lang),
        method=text(
            "digit_answers.method" if spoken else "digit_answers.method.own", lang, network=found.spec.cell.upper()
        ),
        legend=Legend("<i>p</i>", tiles.SHARE, "0", "1", marks),
        table=MappingProxyType(
            {text("digit_answers.time", lang): milliseconds}
            | {name: found.shares[:, at] for at, name in enumerate(names)}
        ),
    )


def _finding(found: Answers, since: int, lang: str) -> str:
    said = {"answer": WORDS[found.last], "share": percent(float(found.shares[-1, found.last]), lang), "since": since}
    if found.digit is None:
        return text("digit_answers.finding", lang, **said)
    kind = "right" if found.last == found.digit else "wrong"
    return text(f"digit_answers.finding.{kind}", lang, spoken=WORDS[found.digit], **said)


def _draw(found: Answers, milliseconds: np.ndarray, names: list[str], lang: str, theme: Theme) -> Drawn:
    rows, half = np.arange(len(names)), HOP * 1000 / RATE / 2
    marked = [f"▷ {name}" if at == found.digit else name for at, name in enumerate(names)]
    cells = tiles.shares(
        found.shares.T,
        0,
        theme,
        x=milliseconds,
        y=rows,
        hovertemplate="%{x} ms<br>%{y}<br>%{z:.3~g}<extra></extra>",
    )
    return theme.draw(
        theme.height(ROW * len(names)) + theme.px(LABEL * 4),
        [cells],
        margin={"t": theme.px(8), "b": theme.px(LABEL * 4)},
        xaxis={"title": {"text": text("digit_answers.time", lang)}, "range": [-half, float(milliseconds[-1]) + half]},
        yaxis={
            "tickvals": rows.tolist(),
            "ticktext": marked,
            "tickfont": theme.font(),
            "range": [len(names) - 0.5, -0.5],
        },
    )
