"""What a class votes on at /gradients: how much of the gradient is left at the first word."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from math import isnan
from typing import TYPE_CHECKING

from pages._chapters.gradients import inputs
from pages._chapters.gradients.settings import CONTRASTS
from pages._ui import cache
from pages._ui.classroom.ballot import Ballot, write_ballot
from pages._ui.classroom.lesson import Lesson, prepared
from rnn_core.figures import called
from rnn_core.figures.ratio import power, ratio
from rnn_core.figures.words import Words
from rnn_core.gradients import decay
from rnn_core.messages import text

if TYPE_CHECKING:
    from pages._ui.shell import View

EDGES = (-20, -6, -2, 0)  # powers of ten between the options

LESSON = Lesson(prepared("gradients", CONTRASTS, "vanish", "explode", "gate"))


def ballot(view: View) -> Ballot | None:
    """The share at the first word of what there is at the loss; None where no word is before the loss.

    Raises:
        KiokuError: nothing to read, or a network that can't be loaded.
    """
    asked = inputs.ask(view)
    cell = next((cell for cell in asked.cells if cell == view.state["whose"]), asked.cells[0])
    share = float(decay.shares(cache.find_gradients(inputs.spec(view, asked, cell)).by_h, asked.at)[0])
    if asked.at == 0 or isnan(share):
        return None
    right = bisect_right([10.0**edge for edge in EDGES], share)
    return write_ballot(
        view.chapter.name,
        lambda lang: text("gradients.vote", lang, cell=called(cell, lang), words=len(asked.words)),
        _options,
        (right,),
        lambda lang: text(
            "gradients.vote_why",
            lang,
            cell=called(cell, lang),
            word=Words(asked.words, asked.glosses, lang).said(0),
            share=ratio(share, lang),
        ),
    )


def _options(lang: str) -> list[str]:
    ends = [power(edge) for edge in EDGES]
    between = [text("gradients.vote_between", lang, low=low, high=high) for low, high in pairwise(ends)]
    return [
        text("gradients.vote_below", lang, high=ends[0]),
        *between,
        text("gradients.vote_above", lang, low=ends[-1]),
    ]
