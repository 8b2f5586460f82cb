"""What a class votes on at /order: how many of the networks notice the other order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._chapters.order import arrangement, computed
from pages._ui.classroom.ballot import Ballot, write_ballot
from pages._ui.classroom.lesson import Lesson, prepared
from rnn_core import order
from rnn_core.figures.networks import kind
from rnn_core.messages import text
from rnn_core.specs import ModelSpec

if TYPE_CHECKING:
    from pages._ui.shell import View
    from rnn_core.specs import NetworkSpec

LESSON = Lesson(prepared("order", arrangement.CONTRASTS, "bite", "early", "long"))


def ballot(view: View) -> Ballot | None:
    """How many notice, of those that can read so many words; None where the words are in their order.

    Raises:
        KiokuError: nothing to read, or a network that can't be loaded.
    """
    tokens, _ = arrangement.read(view)
    words = tuple(token.text for token in tokens)
    places = arrangement.choose(view, len(words))
    if words == order.arranged(words, places):
        return None
    found = {spec: computed.read_orders(spec, words, tuple(places)) for spec in order.NETWORKS}
    able = {spec: one.moved[-1] > 0 for spec, one in found.items() if one is not None}
    noticed = sum(able.values())

    def why(lang: str) -> str:
        equal = text("figures.list", lang).join(_named(spec, lang) for spec, moved in able.items() if not moved)
        kind = "all" if noticed == len(able) else "some" if noticed else "no_one"
        return text(f"word_order.{kind}", lang, noticed=noticed, able=len(able), names=equal)

    return write_ballot(
        view.chapter.name,
        lambda lang: text("order.vote", lang, able=len(able), changed="".join(order.arranged(words, places))),
        lambda lang: [text("order.vote_count", lang, count=count) for count in range(len(able) + 1)],
        (noticed,),
        why,
    )


def _named(spec: NetworkSpec, lang: str) -> str:
    return spec.cell.upper() if isinstance(spec, ModelSpec) else text(f"word_order.name.{kind(spec)}", lang)
