"""What the networks are worth: beside naive Bayes, by length, what is taken for what, and texts that show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages._chapters.sentiment import computed, told
from pages._chapters.uses import networks
from pages._chapters.uses.switches import TRAINED
from pages._chapters.uses.worth import how_good
from pages._ui import blocks, controls
from pages._ui.memo import memoized
from pages._ui.words import markdown, plain
from rnn_core import figures
from rnn_core.figures.feeling_kinds import kind_name
from rnn_core.figures.worth import Measured
from rnn_core.messages import text
from rnn_core.tasks import feelings
from rnn_core.tasks.sentiment import Count
from rnn_core.text.typography import shorten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pages._chapters.sentiment.inputs import Found
    from pages._ui.shell import View

SHOWN, LONGEST = 9, 9  # so many mistakes at most are a click away; characters of one on its button


def shown(view: View, found: Found, field: str) -> None:
    """How good each cell's network is, then this one's mistakes, each of which opens a text."""
    task, lang = found.spec.task, view.lang
    lines = tuple(_measured(found, lang))
    drawn = memoized(
        figures.worth,
        lines,
        measure=text("sentiment.accuracy", lang),
        method=_method(found, lang),
        share=True,
        most_is_best=True,
        **view.style,
    )
    wrong = list(_examples(found))
    how_good(view, drawn, _said(*wrong[0], lang) if wrong else text("confusion.none", lang))
    blocks.picture(
        view, memoized(figures.length_accuracy, computed.lengths(task), feelings.length_groups(task), **view.style)
    )
    told.show(view, found, field)
    _mistakes(view, wrong[:SHOWN], field)


def _measured(found: Found, lang: str) -> Iterator[Measured]:
    """Each cell's network, what a reader has trained, then what needs no network."""
    own = found.spec.weights != TRAINED
    for cell, (accuracy, low, high) in computed.accuracies(found.spec.task).items():
        yield Measured(cell.upper(), accuracy, low, high, cell, shown=not own and cell == found.spec.cell)
    if own:
        right = computed.looked(found.spec).line["decisions"]
        count = Count(right["right"], right["of"])
        yield Measured(networks.name(found.spec, lang), count.share, *count.interval, found.spec.cell, shown=True)
    for name, baseline in computed.made(found.spec.task)["baselines"].items():
        yield Measured(text(f"sentiment.{name}", lang), baseline["accuracy"])


def _method(found: Found, lang: str) -> str:
    """On how many texts, and the other measure."""
    manifest = computed.made(found.spec.task)
    return text(
        "sentiment.worth_method",
        lang,
        texts=f"{manifest['texts']['test']:,}",
        name=networks.name(found.spec, lang),
        f1=f"{computed.looked(found.spec).line['macro_f1']:.2f}",
        bayes=f"{manifest['baselines']['naive_bayes']['macro_f1']:.2f}",
    )


def _mistakes(view: View, wrong: list[tuple[str, str, str]], field: str) -> None:
    """Held-out texts that the network gets wrong, one a kind of mistake; the button reads it."""
    if not wrong:
        return
    st.html(f'<p class="quiet" lang="{view.lang}">{plain(text("sentiment.mistakes", view.lang))}</p>')
    with st.container(key="mistakes", horizontal=True):
        for kind, answer, example in wrong:
            st.button(
                markdown(_said(kind, answer, shorten(example, LONGEST), view.lang)),
                key=f"mistake_{kind}_{answer}",
                type="tertiary",
                on_click=controls.take,
                args=({**told.to_read(field, example), "taken": f"{kind}.{answer}"},),
            )


def _said(kind: str, answer: str, example: str, lang: str) -> str:
    return text("sentiment.mistake", lang, text=example, feeling=kind_name(kind, lang), answer=kind_name(answer, lang))


def _examples(found: Found) -> Iterator[tuple[str, str, str]]:
    """The feeling, the answer and the text of a mistake, one each."""
    for kind, answers in computed.looked(found.spec).examples.items():
        for answer, texts in answers.items():
            if answer != kind:
                yield kind, answer, texts[0]
