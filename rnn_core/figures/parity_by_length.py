"""How well each network counts whether the ones so far are odd, by how many bits it read; and the guess."""

from __future__ import annotations

from statistics import fmean
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.figures import measured_lines
from rnn_core.figures.captions import percent
from rnn_core.figures.measured_lines import Line
from rnn_core.figures.picture import Legend, Mark, Picture
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from rnn_core.figures.theme import Part, Theme

GUESS, CHANCE = "▽", 0.5
ORDER = ("rnn", "lstm", "gru", "mingru", "signed")


def parity_by_length(
    accuracy: Mapping[str, Sequence[Mapping[int, float]]],
    learned: Sequence[int],
    *,
    guess: Collection[str] | None,
    lang: str,
    theme: Theme,
) -> Picture:
    """The mean accuracy of the seeds, by bits.

    Args:
        accuracy: network → of each seed, bits → share of right answers.
        learned: up to how many bits the minGRUs came in their curriculum.
        guess: the networks that the reader expects to count at the end; None for no guess.
        lang: the reader's language.
        theme: light or dark, and how large.
    """
    means = {kind: {bits: fmean(run[bits] for run in accuracy[kind]) for bits in accuracy[kind][0]} for kind in ORDER}
    shown = [_line(kind, means[kind], lang, theme) for kind in ORDER]
    last = max(means["rnn"])
    right = [line.name for kind, line in zip(ORDER[:3], shown, strict=False) if means[kind][last] > 0.99]
    finding = text(
        "parity_by_length.finding",
        lang,
        bits=last,
        names=text("figures.list", lang).join(right) or "–",
        least=percent(means["mingru"][last], lang),
    )
    across = text("parity_by_length.bits", lang)
    marks = [] if guess is None else [_guessed(guess, shown, last, theme)]
    return Picture(
        key="parity_by_length",
        figure=measured_lines.draw(
            shown, across, text("parity_by_length.accuracy", lang), (0.4, 1.0), theme, marks=marks, names=152
        ),
        title=text("parity_by_length.title", lang),
        finding=finding,
        method=text("parity_by_length.method", lang, low=min(learned), high=max(learned)),
        legend=Legend("", None, marks=(Mark(GUESS, text("parity_by_length.guess", lang)),)) if marks else None,
        table=MappingProxyType(measured_lines.table(shown, across)),
    )


def _line(kind: str, values: Mapping[int, float], lang: str, theme: Theme) -> Line:
    look = {"rnn": ("solid", "square"), "lstm": ("dash", "circle"), "gru": ("dot", "diamond")}
    look |= {"mingru": ("solid", "triangle-up"), "signed": ("dash", "triangle-up-open")}
    cell = "mingru" if kind == "signed" else kind
    name = text(f"parity_by_length.{kind}", lang)
    return Line(name, theme.mark(cell), theme.text(cell), values, *look[kind])  # type: ignore[arg-type]


def _guessed(guess: Collection[str], shown: Sequence[Line], bits: int, theme: Theme) -> Part:
    """A sign for each network at the end: at the top where it was expected to count, at chance where not."""
    networks = [kind for kind in ORDER if kind != "signed"]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": GUESS,
        "meta": "guess",
        "x": np.full(len(networks), bits, np.int32),
        "y": np.array([1.0 if kind in guess else CHANCE for kind in networks]),
        "customdata": [line.name for line in shown[: len(networks)]],
        "cliponaxis": False,
        "marker": theme.dot(theme["ink"], 16, "triangle-down-open"),
        "hovertemplate": f"{GUESS} %{{customdata}}<extra></extra>",
    }
