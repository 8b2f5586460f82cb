"""How good the networks of /text-generation are: perplexity on held-out texts, beside counting, and where they fail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._chapters.text_generation import computed
from pages._chapters.uses import networks, worth
from rnn_core import figures
from rnn_core.figures.captions import number
from rnn_core.messages import text
from rnn_core.quantities import CELLS
from rnn_core.specs import ModelSpec

LARGEST = 64  # units of the shipped networks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pages._ui.shell import View
    from rnn_core.figures import Measured


def show(view: View, spec: ModelSpec) -> None:
    """Draw the block."""
    drawn = figures.worth(
        tuple(lines(view.lang, spec)),
        measure=text("text_generation.perplexity", view.lang),
        method=text("text_generation.perplexity_method", view.lang),
        share=False,
        most_is_best=False,
        **view.style,
    )
    hardest, probability = computed.hardest(spec)
    said = text("text_generation.hardest", view.lang, text=hardest, probability=number(probability))
    worth.how_good(view, drawn, said)


def lines(lang: str, spec: ModelSpec) -> Iterator[Measured]:
    """The three cells at this size, what a reader has trained, and what counting reaches."""
    size = spec.hidden if spec.weights == "trained" else LARGEST
    shipped = [ModelSpec(task=spec.task, cell=cell, hidden=size) for cell in CELLS]
    for one in shipped if spec in shipped else [*shipped, spec]:
        value, ends = computed.perplexity(one)
        low, high = ends or (None, None)
        yield figures.Measured(networks.name(one, lang), value, low, high, cell=one.cell, shown=one == spec)
    order, value, ends = computed.counting(spec.task)
    low, high = ends or (None, None)
    yield figures.Measured(text("text_generation.ngram", lang, order=order), value, low, high)
