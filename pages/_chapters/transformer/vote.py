"""What a class votes on at /transformer: with which setting another order changes no state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._chapters.transformer import computed, inputs
from pages._ui import cache
from pages._ui.classroom.ballot import Ballot, write_ballot
from pages._ui.classroom.lesson import Lesson, prepared
from rnn_core.messages import text

if TYPE_CHECKING:
    from pages._ui.shell import View

WAYS = (("placed", "masked"), ("placed", "open"), ("unplaced", "masked"), ("unplaced", "open"))

LESSON = Lesson(
    prepared("transformer", inputs.CONTRASTS, "behind", "bite", "write"),
    ("placed_masked", "placed_open", "unplaced_masked", "unplaced_open"),
)


def ballot(view: View) -> Ballot | None:
    """The four settings; None where there is no other order of the words, or where no setting misses it.

    Raises:
        KiokuError: nothing to read, or a network that can't be loaded.
    """
    words = cache.words(view.text("text")).tokens
    if len(words) < 2:
        return None
    found = computed.reordered(inputs.spec_of(view.state, positions=True), words)
    right = tuple(at for at, way in enumerate(found.ways) if way.still)
    if not right:
        return None

    def named(at: int, lang: str) -> str:
        placed, masked = WAYS[at]
        first, second = text(f"transformer_layers.{placed}", lang), text(f"transformer_layers.{masked}", lang)
        return text("transformer.vote_way", lang, positions=first, mask=second)

    return write_ballot(
        view.chapter.name,
        lambda lang: text("transformer_layers.ask", lang),
        lambda lang: [named(at, lang) for at in range(len(WAYS))],
        right,
        lambda lang: text(
            "transformer_layers.still", lang, names=text("figures.list", lang).join(named(at, lang) for at in right)
        ),
    )
