"""How many of the texts that a network writes are new: the question, and the picture that answers it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._chapters.text_generation import computed
from pages._chapters.uses import networks
from pages._ui import blocks, predict
from rnn_core import figures
from rnn_core.figures.captions import percent
from rnn_core.messages import text
from rnn_core.quantities import CELLS
from rnn_core.specs import ModelSpec

if TYPE_CHECKING:
    from pages._ui.predict import Verdict
    from pages._ui.shell import View
    from rnn_core.figures import Found
    from rnn_core.quantities import Recurrent
    from rnn_core.training.written import Counts

GUESS = "guess_new"
OFFERED = (10, 30, 50, 70, 90)


def asked(view: View) -> bool:
    """Whether it is a question here: of small talk, and of what readers train, nobody has counted it."""
    return view.state["task"] != computed.SENTENCES and not networks.is_run(view)


def found(view: View) -> tuple[tuple[Found, ...], int]:
    """What was counted of each cell at this size and of the n-gram model, and which of them is shown."""
    task, hidden = view.text("task"), view.whole("hidden", 0)
    manifest = computed.manifest(task)
    names = {cell: ModelSpec(task=task, cell=cell, hidden=hidden).name for cell in CELLS}
    counts = {cell: manifest["models"][name]["samples"] for cell, name in names.items()}
    rows = [_row(f"{cell.upper()} {hidden}", cell, counts[cell]) for cell in CELLS]
    ngram = manifest["ngram"]
    rows.append(_row(text("text_generation.ngram", view.lang, order=ngram["order"]), None, ngram["samples"]))
    return tuple(rows), CELLS.index(view.state["cell"])


def _row(name: str, cell: Recurrent | None, counts: Counts) -> Found:
    return figures.Found(name, cell, counts["new"], counts["held_out"], counts["learned"])


def right(share: float) -> tuple[int, ...]:
    """The answers that are nearest to a share.

    Example:
        >>> right(0.44), right(0.6)
        ((50,), (50, 70))
    """
    gaps = {one: abs(one - round(100 * share)) for one in OFFERED}
    return tuple(one for one, gap in gaps.items() if gap == min(gaps.values()))


def verdict(share: float, guess: int) -> Verdict:
    """Of a guess: one answer beside the right one is near."""
    best = right(share)
    if guess in best:
        return "right"
    places = [OFFERED.index(one) for one in best]
    return "near" if min(abs(OFFERED.index(guess) - place) for place in places) == 1 else "wrong"


def why(one: Found, lang: str) -> str:
    """What was counted."""
    shares = {part: percent(one.share(part), lang, 1) for part in ("new", "learned")}
    return text("text_generation.why", lang, drawn=f"{one.drawn:,}", **shares)


def options(lang: str) -> dict[int, str]:
    """The answers by their numbers."""
    return {one: text("text_generation.about", lang, share=one) for one in OFFERED}


def show(view: View) -> bool:
    """Ask, and once it is answered draw; whether nothing is left to ask."""
    rows, shown = found(view)
    answer = predict.ask(view, "text_generation.predict", options(view.lang), GUESS)
    if not answer.revealed:
        return False
    share, said = rows[shown].share("new"), ""
    if answer.guess is not None:
        said = predict.verdict_said(view, verdict(share, answer.guess), why(rows[shown], view.lang))
    blocks.picture(view, figures.novelty(rows, shown, answer.guess, **view.style), above=said)
    predict.again(view, GUESS)
    return True
