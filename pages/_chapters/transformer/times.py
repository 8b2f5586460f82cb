"""What parallelism gains and costs: how long it takes here, and how much more work and memory it is."""

from __future__ import annotations

from datetime import timedelta, timezone
from typing import TYPE_CHECKING

import streamlit as st

from pages._chapters.transformer import computed
from pages._chapters.transformer.guesses import RIVALS, judged, options, words_of
from pages._ui import blocks, controls, predict
from pages._ui.memo import memoized
from pages._ui.words import markdown, plain
from rnn_core import figures
from rnn_core.messages import text
from rnn_core.parallelism import LENGTHS, SIZES, learned

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from pages._ui.address import State
    from pages._ui.predict import Answer
    from pages._ui.shell import View
    from rnn_core.models.timing import Point
    from rnn_core.quantities import Recurrent
    from rnn_core.stopwatch import Run, Seen

    Answers = Mapping[Recurrent, Answer]

OWN = "kioku_race"  # in the session: the reader's own measurement, which nobody else sees
ASKED, WANTED = "kioku_race_asked", "kioku_race_wanted"  # whether it waits for a guess, and for its turn
LOOK_EVERY = 0.5  # seconds


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
        if session.pop(ASKED, False) and OWN not in session:
            session[WANTED] = True
        waits = _goes_on()
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


def _goes_on() -> bool:
    """Whether the reader's own measurement goes on, or waits for somebody else's to end."""
    run: Run[Point] | None = st.session_state.get(OWN)
    return bool(st.session_state.get(WANTED)) or (run is not None and run.seen().running)


def _measured(view: View, answers: Answers, waits: bool) -> None:
    """The measurement as far as it is, with the button that starts or stops it, and once it is done the verdicts."""
    session = st.session_state
    if session.get(WANTED) and (run := computed.race()):
        session[OWN], session[WANTED] = run, False
    if _goes_on() != waits:
        st.rerun()  # so that the page begins or ends to look at it every moment
    own: Run[Point] | None = session.get(OWN)
    seen = own.seen() if own else None
    _buttons(view, seen)
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


def _buttons(view: View, seen: Seen[Point] | None) -> None:
    lang, waits = view.lang, bool(st.session_state.get(WANTED))
    with st.container(key="race", horizontal=True, vertical_alignment="center"):
        if waits or (seen and seen.running):
            st.button(text("transformer.stop", lang), key="race_stop", on_click=_stop)
        else:
            name = "again" if seen else "start"
            st.button(text(f"transformer.{name}", lang), key="race_start", on_click=_start)
        said = text("transformer.other_reader", lang) if waits else state(seen, lang, st.context.timezone_offset)
        st.html(f'<p class="quiet" role="status" lang="{lang}">{plain(said)}</p>')
    if seen and seen.running:
        st.progress(len(seen.points) / seen.total)
    if seen and seen.failure:
        st.error(text("transformer.failed", lang, why=markdown(seen.failure)))


def state(seen: Seen[Point] | None, lang: str, offset: int | None = None) -> str:
    """How far the reader's measurement is and when it began, as a sentence.

    Args:
        seen: the measurement, None before the first.
        lang: "ja" or "en".
        offset: minutes by which the reader's clock is behind UTC; None where that is not known.
    """
    if seen is None:
        return text("transformer.not_yet", lang, total=len(LENGTHS))
    done = {"done": len(seen.points), "total": seen.total, "seconds": f"{seen.seconds:.0f}"}
    if seen.running:
        left = "…" if seen.left is None else f"{seen.left:.0f}"
        return text("transformer.running", lang, **done, left=left)
    key = "stopped" if seen.stopped else "done"
    return text(f"transformer.{key}", lang, **done, at=clock(seen.moment, offset))


def clock(moment: datetime, offset: int | None) -> str:
    """A moment of today as the reader's clock shows it; where that is not known, by UTC.

    Example:
        >>> from datetime import UTC, datetime
        >>> clock(datetime(2026, 1, 1, 5, 30, tzinfo=UTC), -540), clock(datetime(2026, 1, 1, 5, 30, tzinfo=UTC), None)
        ('14:30', '05:30 UTC')
    """
    if offset is None:
        return f"{moment:%H:%M} UTC"
    return f"{moment.astimezone(timezone(-timedelta(minutes=offset))):%H:%M}"


def _start() -> None:
    st.session_state[WANTED] = True


def _stop() -> None:
    st.session_state[WANTED] = False
    run: Run[Point] | None = st.session_state.get(OWN)
    if run is not None:
        run.stop()
