"""What a class votes on at /compare: in which network most of a changed first word is left for the reply."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._chapters.compare import first_word, networks
from pages._ui.classroom.ballot import Ballot, write_ballot
from pages._ui.classroom.lesson import Lesson, Link
from rnn_core import lineup
from rnn_core.figures import called
from rnn_core.messages import text

if TYPE_CHECKING:
    from pages._ui.shell import View

LESSON = Lesson(
    (
        Link("teach.compare.link.units", {"fair": "units"}),
        Link("teach.compare.link.parameters", {"fair": "parameters"}),
        Link("teach.compare.link.fresh", {"weights": "fresh"}),
    ),
    lineup.NETWORKS,
)


def ballot(view: View) -> Ballot | None:
    """The networks; None where another first word changes nothing, or nothing follows it.

    Raises:
        KiokuError: nothing to read, or a network that can't be loaded.
    """
    runs = networks.read(view)
    found = first_word.change(tuple(runs.specs.values()), runs.words, first_word.choose(view))
    if not found.asks(runs.words):
        return None
    right = tuple(at for at, cell in enumerate(lineup.NETWORKS) if lineup.judge_share(found.left, cell) == "right")

    def why(lang: str) -> str:
        most = lineup.NETWORKS[right[0]]
        named = text("figures.list", lang).join(called(lineup.NETWORKS[at], lang) for at in right)
        return text("compare.vote_why", lang, networks=named, share=first_word.share(found, most, lang))

    return write_ballot(
        view.chapter.name,
        lambda lang: text("network_rows.ask", lang, first=runs.words[0], instead=found.other),
        lambda lang: [called(cell, lang) for cell in lineup.NETWORKS],
        right,
        why,
    )
