"""The drawing that opens the chapter: a row a network, in which the guess is made and judged."""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING

from pages._chapters.compare import computed, first_word
from pages._ui import controls, stage
from pages._ui.components.network_rows import Row, network_rows
from pages._ui.memo import cached
from rnn_core import lineup, order
from rnn_core.tasks import smalltalk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pages._chapters.compare.first_word import Change
    from pages._chapters.compare.networks import Runs
    from pages._chapters.compare.times import Times
    from pages._ui.shell import View
    from rnn_core.lineup import Compared
    from rnn_core.models.measures import Spread


def draw(view: View, runs: Runs, found: Change, measured: Times | None) -> bool:
    """Draw the rows; the guess is made in them. Whether nothing is left to ask."""
    said = view.state["guess_persistence"]
    answer = said if isinstance(said, int | str) else None
    with stage.drawing(view):
        network_rows(
            view.lang,
            rows(tuple(runs.specs.values()), runs.words, found.other, measured.spreads if measured else None),
            right=smalltalk.right_reply(runs.words),
            step=runs.step + 1,
            answer=answer,
            on_step_change=controls.rest,
            on_answer_change=lambda now: controls.take({"guess_persistence": now}),
        )
    return answer is not None or not found.asks(runs.words)


@cached()
def rows(
    specs: Sequence[Compared], words: Sequence[str], other: str, spreads: Sequence[Spread] | None
) -> tuple[Row, ...]:
    """What the drawing has of each network on these words, and on the same with another first word."""
    found, changed = first_word.change(specs, words, other), order.replaced(words, 0, other)
    return tuple(
        Row(
            computed.trace(spec, words),
            computed.trace(spec, changed),
            found.gaps[spec.cell],
            found.left.get(spec.cell),
            lineup.judge_share(found.left, spec.cell),
            computed.last_influence(spec, words),
            computed.accuracy(spec),
            spread,
        )
        for spec, spread in zip(specs, spreads or repeat(None, len(specs)), strict=True)
    )
