"""What parallelism gains and costs: how long it takes here, and how much more work and memory it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages._chapters.transformer import computed
from pages._chapters.transformer.guesses import RIVALS, judged, options, words_of
from pages._ui import blocks, controls, predict
from pages._ui.measuring import LOOK_EVERY, Measurement
from pages._ui.memo import memoized
from pages._ui.words import plain
from rnn_core import figures
from rnn_core.messages import text
from rnn_core.parallelism import LENGTHS, SIZES, learned

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages._ui.address import State
    from pages._ui.predict import Answer
    from pages._ui.shell import View
    from rnn_core.models.timing import Point
    from rnn_core.quantities import Recurrent

    Answers = Mapping[Recurrent, Answer]

RACE: Measurement[Point] = Measurement("race", lambda: computed.race(), len(LENGTHS))
ASKED = "kioku_race_asked"  # whether it waits for a guess


def race(view: View) -> bool:
    """The questions, the measurement that answers them, and folded the other side.

    Who answers starts the measurement; a link that opens answered doesn't.

    Returns:
        Whether both questions are answered: before that nothing may give the answers away.
    """
    lang, session = view.lang, st.session_state
    st.html(f'<p class="lead" lang="{lang}">{plain(compared(lang))}</p>')
    answers: Answers = {
        rival: predict.ask(view, f"transformer.predict_ahead_{rival}", options(lang), control)
        for rival, control in RIVALS.items()
    }
    answered = all(answer.revealed for answer in answers.values())
    if answered:
        if session.pop(ASKED, False) and RACE.own not in session:
            RACE.want()
        waits = RACE.goes_on()
        blocks.alone(_measured, LOOK_EVERY if waits else None)(view, answers, waits)
        again: State = dict.fromkeys(RIVALS.values())
        st.button(text("predict.again", lang), key="again_race", type="tertiary", on_click=controls.take, args=(again,))
    else:
        session[ASKED] = True
    _other_side(view)
    return answered


def compared(lang: str) -> str:
    """Which networks are compared, whatever size is chosen above, as a sentence."""
    sizes = {cell: SIZES[cell] for cell in SIZES if cell != "transformer"}
    count = f"{learned('transformer'):,}"
    return text("transformer.compared_lead", lang, width=SIZES["transformer"], parameters=count, **sizes)


def _other_side(view: View) -> None:
    """Work and memory by length, made when they are opened."""
    folded = st.expander(text("transformer.other_side", view.lang), key="other_side", on_change="rerun")
    if not folded.open:
        return
    with folded:
        for column, make in zip(st.columns(2, gap="large"), (figures.multiply_adds, figures.numbers_kept), strict=True):
            with column:
                blocks.picture(view, memoized(make, lang=view.lang, theme=view.theme))


def _measured(view: View, answers: Answers, waits: bool) -> None:
    """The measurement as far as it is, with the button that starts or stops it, and once it is done the verdicts."""
    seen = RACE.look(waits)
    RACE.buttons(view, seen)
    points = seen.points if seen else ()
    guesses = {rival: answer.guess for rival, answer in answers.items() if answer.guess is not None}
    if seen and len(points) == seen.total:
        for rival, guess in guesses.items():
            st.html(predict.verdict_said(view, *judged(rival, guess, points, view.lang)))
    expected = {rival: words_of(guess) for rival, guess in guesses.items()}
    lang, theme = view.lang, view.theme
    blocks.picture(view, figures.time_training(points, lang=lang, theme=theme, guesses=expected))
    folded = st.expander(text("time_by_length.generation", lang), key="generation", on_change="rerun")
    if folded.open:
        with folded:
            blocks.picture(view, figures.time_generation(points, lang=lang, theme=theme))
