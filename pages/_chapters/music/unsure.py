"""How unsure a network is of the next note, beside counting: the question, and the block "How good is it?"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._chapters.music import computed, settings
from pages._chapters.uses import worth
from pages._ui import predict
from pages._ui.memo import memoized
from rnn_core import figures
from rnn_core.figures.captions import number, percent
from rnn_core.messages import text
from rnn_core.tasks.music.melodies import OPENING
from rnn_core.tasks.music.spec import SHIPPED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pages._ui.predict import Verdict
    from pages._ui.shell import View
    from rnn_core.figures import Measured
    from rnn_core.tasks.music.spec import MusicSpec

GUESS = "guess_unsure"
OFFERED = (2, 4, 6, 8, 10)


def best_counting() -> tuple[str, float]:
    """The n of the n-gram model that is least unsure, and between how many notes it is."""
    found = {order: row["perplexity"] for order, row in computed.manifest()["ngrams"].items()}
    order = min(found, key=lambda one: found[one])
    return order, found[order]


def measured(spec: MusicSpec) -> float:
    """Between how many equally probable notes a network is as unsure."""
    return computed.manifest()["models"][spec.name]["perplexity"]


def right(value: float) -> tuple[int, ...]:
    """The answers that are nearest to what was measured.

    Example:
        >>> right(7.4), right(5.0)
        ((8,), (4, 6))
    """
    gaps = {one: abs(one - round(value, 1)) for one in OFFERED}
    return tuple(one for one, gap in gaps.items() if gap == min(gaps.values()))


def verdict(value: float, guess: int) -> Verdict:
    """Of a guess: one answer beside the right one is near."""
    best = right(value)
    if guess in best:
        return "right"
    return "near" if min(abs(guess - one) for one in best) == OFFERED[1] - OFFERED[0] else "wrong"


def options(lang: str) -> dict[int, str]:
    """The answers by their numbers."""
    return {one: text("music.about", lang, count=one) for one in OFFERED}


def asked(lang: str) -> str:
    """The question: what counting reaches is said in it."""
    order, other = best_counting()
    return text("music.predict", lang, order=order, other=number(other))


def why(spec: MusicSpec, lang: str) -> str:
    """What was measured."""
    order, other = best_counting()
    decisions = computed.manifest()["models"][spec.name]["decisions"]
    share = percent(decisions["right"] / decisions["of"], lang)
    return text("music.why", lang, value=number(measured(spec)), order=order, other=number(other), share=share)


def show(view: View) -> bool:
    """Ask, and once it is answered draw; whether nothing is left to ask."""
    spec, lang = settings.network(view), view.lang
    order, other = best_counting()
    answer = predict.ask(view, "music.predict", options(lang), GUESS, places={"order": order, "other": number(other)})
    if not answer.revealed:
        return False
    said = ""
    if answer.guess is not None:
        said = predict.verdict_said(view, verdict(measured(spec), answer.guess), why(spec, lang))
    drawn = memoized(
        figures.worth,
        tuple(lines(lang, spec)),
        measure=text("music.perplexity", lang),
        method=text("music.perplexity_method", lang, lines=computed.manifest()["lines"]["test"], opening=OPENING),
        share=False,
        most_is_best=False,
        guess=answer.guess,
        **view.style,
    )
    worth.how_good(view, drawn, fails(spec, lang), above=said)
    predict.again(view, GUESS)
    return True


def lines(lang: str, spec: MusicSpec) -> Iterator[Measured]:
    """The three cells, and what counting reaches with ever more notes before the next one."""
    made = computed.manifest()
    for one in SHIPPED:
        line = made["models"][one.name]
        low, high = line["interval"]
        name = f"{one.cell.upper()} {one.hidden}"
        yield figures.Measured(name, line["perplexity"], low, high, cell=one.cell, shown=one == spec)
    for order, row in made["ngrams"].items():
        low, high = row["interval"]
        yield figures.Measured(text("text_generation.ngram", lang, order=order), row["perplexity"], low, high)


def fails(spec: MusicSpec, lang: str) -> str:
    """The held-out line that it expects least, and the lines that begin like no learned one."""
    line = computed.manifest()["models"][spec.name]
    hardest, alike, others = line["hardest"], line["alike"]["alike"], line["alike"]["others"]
    return text(
        "music.fails",
        lang,
        name=hardest["name"].replace("bwv", "BWV "),
        hardest=number(hardest["perplexity"]),
        lines=others["lines"],
        others=number(others["perplexity"]),
        alike=number(alike["perplexity"]),
    )
