"""What the networks of a page are and where they come from, a click away."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages._ui import blocks
from pages._ui.words import plain
from rnn_core.figures import called
from rnn_core.figures.captions import percent
from rnn_core.messages import text
from rnn_core.quantities import CELLS, MINIMAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pages._ui.shell import View
    from rnn_core.training.cards import Card, Described

ROWS = (
    *("kind", "units", "parameters", "task", "data", "licence", "objective", "steps", "seeds"),
    *("trained", "accuracy", "file"),
)
TWO_WAYS = ("bidirectional", "segmenter", "sentiment2")


def offer(view: View, specs: Iterable[Described]) -> None:
    """A table of all that is known of each network; made when it is opened."""
    folded = st.popover(text("card.open", view.lang), type="tertiary", key="model_card", on_change="rerun")
    if not folded.open:
        return
    with folded, blocks.errors_shown(view):
        from rnn_core.training.cards import describe  # needs torch

        cards = [describe(spec) for spec in dict.fromkeys(specs)]
        st.html(
            f'<p class="quiet" lang="{view.lang}">{plain(text("card.says", view.lang))}</p>{table(cards, view.lang)}'
        )


def table(cards: Sequence[Card], lang: str) -> str:
    """A row a property and a column a network, as HTML; what all have in common is said once."""
    names = "".join(f'<th scope="col">{plain(card.name)}</th>' for card in cards)
    columns = [values(card, lang) for card in cards]
    rows = (
        f'<tr><th scope="row">{plain(text(f"card.row.{row}", lang))}</th>{_cells([said[row] for said in columns])}</tr>'
        for row in ROWS
    )
    whole = f'<table class="cards"><thead><tr><td></td>{names}</tr></thead><tbody>{"".join(rows)}</tbody></table>'
    return f'<div class="scroll wide" tabindex="0">{whole}</div>'


def values(card: Card, lang: str) -> dict[str, str]:
    """What the card says in each row."""
    origin, none = card.origin, text("card.none", lang)
    said = dict.fromkeys(ROWS, none)
    said["units"] = text("card.per_direction", lang, units=card.units) if card.kind in TWO_WAYS else str(card.units)
    said["parameters"] = f"{card.parameters:,}"
    if card.source == "lab":
        return said | _lab(card, lang)
    said["kind"] = text(f"card.kind.{card.kind}", lang)
    said["task"] = text(f"card.task.{card.task}", lang)
    if origin is None:
        whose = "card.fresh" if card.source == "fresh" else "card.elsewhere"
        return said | {"trained": text(whose, lang, seed=card.seed, source=card.source)}
    said["data"] = text(f"card.data.{card.task}", lang)
    said["licence"] = origin.licence or text("card.unstated", lang)
    said["objective"] = text(f"card.objective.{card.objective}", lang)
    if card.steps:
        seeds = text("ui.comma", lang).join(map(str, card.seeds))
        said |= {"steps": _steps(card, lang), "seeds": text("card.seeds", lang, seed=card.seed, seeds=seeds)}
    said["trained"] = card.package or text("card.ours", lang)
    said["accuracy"] = _worth(card, lang)
    said["file"] = card.file or text("card.in_package", lang)
    return said


def _lab(card: Card, lang: str) -> dict[str, str]:
    """What a reader trains, as it is set up."""
    name = next(called(cell, lang) for cell in (*CELLS, *MINIMAL) if cell == card.kind)
    return {
        "kind": text("card.kind.lab", lang, cell=name),
        "task": text(f"training_map.says.{card.task}", lang),
        "objective": text(f"card.objective.{card.objective}", lang),
        "trained": text("card.lab", lang, steps=f"{card.steps:,}", seed=card.seed),
    }


def _steps(card: Card, lang: str) -> str:
    steps = f"{card.steps:,}"
    return text("card.to_plateau", lang, steps=steps) if card.plateau else steps


def _worth(card: Card, lang: str) -> str:
    if card.worth is None:
        return text("card.unmeasured", lang)
    low, high = (percent(end, lang, 1) for end in card.worth.interval)
    counted = {"correct": f"{card.worth.correct:,}", "of": f"{card.worth.of:,}"}
    return text("card.worth", lang, share=percent(card.worth.share, lang, 1), low=low, high=high, **counted)


def _cells(said: Sequence[str]) -> str:
    if len(set(said)) == 1:
        return f'<td colspan="{len(said)}">{plain(said[0])}</td>'
    return "".join(f"<td>{plain(one)}</td>" for one in said)
