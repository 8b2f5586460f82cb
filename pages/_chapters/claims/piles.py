"""The drawing that opens the chapter: how many claims hold is guessed, and each is judged by its measurement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._chapters.claims import table
from pages._ui import controls, stage
from pages._ui.components.claim_piles import Guessed, Judged, claim_piles
from pages._ui.contrasts import Contrast
from pages._ui.memo import cached
from rnn_core.claims import data
from rnn_core.claims.bars import bars_of
from rnn_core.claims.rows import CLAIMS

if TYPE_CHECKING:
    from pages._ui.shell import View
    from rnn_core.claims.rows import Claim, Numbers

GUESS = "guess_claims"
PLACES = {claim.name: place for place, claim in enumerate(CLAIMS, 1)}
CONTRASTS = (
    Contrast("size", {"claim": PLACES["gru_size"]}),
    Contrast("context", {"claim": PLACES["context"]}),
    Contrast("waiting", {"claim": PLACES["waiting"]}),
)


def draw(view: View) -> bool:
    """Draw it. Whether nothing is left to ask.

    Raises:
        KiokuError: the file of what was measured is missing or damaged.
    """
    said, seen = view.state[GUESS], view.state["claim"]
    answer = said if isinstance(said, int | str) else None
    verdict = table.judged(answer) if isinstance(answer, int) else None
    with stage.drawing(view):
        claim_piles(
            view.lang,
            judged(view.lang),
            Guessed(table.ranges(), answer, verdict, table.why(view.lang)),
            step=seen if isinstance(seen, int) else None,
            on_step_change=lambda now: controls.take({"claim": now}),
            on_answer_change=lambda now: controls.take({GUESS: now}),
        )
    return answer is not None


@cached()
def judged(lang: str) -> tuple[Judged, ...]:
    """What the drawing says of each claim."""
    found = data.measured()["claims"]
    return tuple(_judged(claim, found[claim.name], lang) for claim in CLAIMS)


def _judged(claim: Claim, numbers: Numbers, lang: str) -> Judged:
    bars = bars_of(claim, numbers)
    return Judged(
        claim,
        table.measured(claim, numbers, lang),
        table.link(claim, lang),
        bars,
        tuple(table.written(bar.value, table.unit_of(claim, bar), lang) for bar in bars),
    )
