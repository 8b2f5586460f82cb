"""Spoken digits: how many of a voice that is new are recognised, and the answer as it grows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages._chapters.speech import OWN, computed
from pages._chapters.uses import networks
from pages._chapters.uses import worth as uses
from pages._ui import blocks, controls, predict
from pages._ui.memo import memoized
from pages._ui.words import plain
from rnn_core import figures
from rnn_core.figures import Measured
from rnn_core.messages import text
from rnn_core.specs import ModelSpec
from rnn_core.statistics.intervals import wilson
from rnn_core.tasks.digits import SHIPPED, WORDS

if TYPE_CHECKING:
    from pages._chapters.speech.sounds import Sound
    from pages._ui.shell import View
    from rnn_core.speech.digits import Worth

GUESS = "guess_digits"
TASKS = (SHIPPED[0].task,)
NEAR = 1  # so many digits beside what was measured


def shown(view: View, sound: Sound | None) -> None:
    """The question, and once it is answered how good the networks are, on voices like those they learned from and on
    a recorded one; then what is answered to a digit of the recorded voice, and to the reader's. Of what a reader has
    trained nothing is asked.

    Args:
        view: the page.
        sound: what is heard on it; None where it is the reader's own and there is none yet.
    """
    with blocks.control_row("digits"):
        if networks.is_run(view):
            networks.back(view)
        else:
            controls.choice("cell", view.lang)
    rows, run = computed.worth(), networks.run(view, TASKS)
    shipped = next(row for row in rows if row.spec.cell == (run.cell if run else view.text("cell")))
    own = computed.measure(run) if run else shipped
    if run is None and not _ask(view, own):
        return
    drawn = memoized(
        figures.worth,
        lines(rows, shipped, view.lang, own if run else None),
        measure=text("speech.accuracy", view.lang),
        method=text("speech.accuracy_method", view.lang),
        share=True,
        most_is_best=True,
        **view.style,
    )
    said = text("speech.own_learned", view.lang) if run else by_voice(own, view.lang)
    below = f'<p class="finding" lang="{view.lang}">{plain(said)}</p>'
    uses.how_good(view, drawn, confused(own, view.lang), below=below)
    if run is None:
        predict.again(view, GUESS)
    _digit(view, own)
    own_voice(view, own, sound)


def runs(view: View) -> tuple[ModelSpec, ...]:
    """What a reader has trained, where the address names it."""
    run = networks.known_run(view, TASKS)
    return () if run is None else (run,)


def _ask(view: View, own: Worth) -> bool:
    """The question; whether nothing is left to ask."""
    counts = {number: str(number) for number in range(own.recorded[1] + 1)}
    answer = predict.ask(view, "speech.digits", counts, GUESS)
    if answer.guess is not None:
        st.html(predict.verdict_said(view, verdict(own, answer.guess), why(own, view.lang)))
    return answer.revealed


def _digit(view: View, own: Worth) -> None:
    """What is taken for what, and the answer to one digit of the recorded voice as it grows."""
    digit = view.whole("digit", 0)
    cell, counts = (digit, own.confusion[digit]), own.answers.astype(int).tolist()
    drawn = memoized(figures.confusion, counts, own.answers, WORDS, what="digits", chosen=cell, **view.style)
    blocks.picture(view, drawn, _choose)
    st.html(f'<p class="quiet" lang="{view.lang}">{plain(text("confusion.choose_digit", view.lang))}</p>')
    with blocks.control_row("spoken_digit"):
        controls.choice("digit", view.lang)
    blocks.picture(view, memoized(figures.digit_answers, computed.answers(own.spec, digit), **view.style))


def _choose() -> None:
    """Show the digit below whose cell was clicked."""
    points = st.session_state["chart_confusion"].selection.points
    if points:
        st.session_state["digit"] = round(points[0]["y"]) - 1


def own_voice(view: View, own: Worth, sound: Sound | None) -> None:
    """The answer to what the reader has said as it grows, or how to say something."""
    if view.state["sound"] != OWN or sound is None:
        st.html(f'<p class="quiet" lang="{view.lang}">{plain(text("speech.say_digit", view.lang))}</p>')
        return
    from rnn_core.speech import digits  # needs torch

    found = digits.answered(own.spec, digits.word_of(sound.scene.samples, sound.found.own.speech))
    right, of = own.recorded
    trained = isinstance(own.spec, ModelSpec)
    said = text("speech.your_digit.own" if trained else "speech.your_digit", view.lang, right=right, of=of)
    below = f'<p class="finding" lang="{view.lang}">{plain(said)}</p>'
    blocks.picture(view, figures.digit_answers(found, **view.style, key="digit_answers_own"), below=below)


def verdict(own: Worth, guess: int) -> predict.Verdict:
    """Of a guess: one digit beside what was measured is near."""
    away = abs(guess - own.recorded[0])
    return "right" if not away else "near" if away <= NEAR else "wrong"


def why(own: Worth, lang: str) -> str:
    """How many it recognises of both kinds of voices."""
    right, of = own.together
    return text("speech.digits_why", lang, right=own.recorded[0], of=own.recorded[1], share=right, all=of)


def by_voice(own: Worth, lang: str) -> str:
    """How many it recognises of each synthetic voice."""
    listed = text("figures.list", lang).join(f"{voice} {right}/{of}" for voice, right, of in own.right)
    return text("speech.voices", lang, voices=listed)


def confused(own: Worth, lang: str) -> str:
    """The first digit of the recorded voice that it takes for another, or that there is none."""
    wrong = [(spoken, said) for spoken, said in enumerate(own.confusion) if spoken != said]
    if not wrong:
        return text("speech.never_confused", lang)
    spoken, said = wrong[0]
    return text("speech.confused", lang, spoken=WORDS[spoken], said=WORDS[said])


def lines(rows: tuple[Worth, ...], shipped: Worth, lang: str, trained: Worth | None = None) -> tuple[Measured, ...]:
    """The networks on unheard synthetic voices, one of them on the recorded voice, and chance.

    Args:
        rows: the shipped networks.
        shipped: the one of them that is shown, or stands beside what is.
        lang: the reader's language.
        trained: what a reader has trained, where that is shown.
    """
    found = [
        _line(
            text("speech.unheard", lang, network=row.spec.cell.upper()),
            *row.together,
            row,
            shown=row is shipped and trained is None,
        )
        for row in rows
    ]
    for row, shown in ((shipped, trained is None), (trained, True)):
        if row is not None:
            name = networks.name(row.spec, lang) if isinstance(row.spec, ModelSpec) else row.spec.cell.upper()
            found.append(_line(text("speech.recorded", lang, network=name), *row.recorded, row, shown=shown))
    return (*found, Measured(text("speech.chance", lang), 1 / len(WORDS)))


def _line(name: str, right: int, of: int, row: Worth, *, shown: bool) -> Measured:
    (low,), (high,) = wilson([right], [of])
    return Measured(name, right / of, float(low), float(high), row.spec.cell, shown)
