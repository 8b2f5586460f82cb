"""What a class votes on at /attention: how often the network without attention is right at the greatest length."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from pages._chapters.attention import computed
from pages._chapters.attention.prediction import FEWEST
from pages._chapters.attention.settings import CONTRASTS
from pages._chapters.attention.three_networks import KINDS, spec
from pages._ui.classroom.ballot import Ballot, write_ballot
from pages._ui.classroom.lesson import Lesson, prepared
from rnn_core.figures.captions import percent
from rnn_core.messages import text

if TYPE_CHECKING:
    from pages._ui.shell import View

EDGES = (0, 20, 40, 60, 80, 100)  # percent between the options

LESSON = Lesson(prepared("attention", CONTRASTS, "long", "names", "crossed"))


def ballot(view: View) -> Ballot:
    """The accuracy in fifths.

    Raises:
        KiokuError: nothing was measured.
    """
    unit = "names" if view.state["task"] == "names" else "words"
    counts = computed.counts(spec(view.state, KINDS[0]), unit, "", 0, FEWEST)
    first, last = float(counts.shares[0]), float(counts.shares[-1])
    right = min(int(last * 5), 4)
    lengths = {"first": counts.lengths[0], "last": counts.lengths[-1]}
    return write_ballot(
        view.chapter.name,
        lambda lang: text(f"attention.vote.{unit}", lang, start=percent(first, lang), **lengths),
        lambda lang: [text("attention.vote_between", lang, low=low, high=high) for low, high in pairwise(EDGES)],
        (right,),
        lambda lang: text(
            f"attention.measured.{unit}", lang, start=percent(first, lang), end=percent(last, lang), **lengths
        ),
    )
