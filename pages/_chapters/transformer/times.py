"""What parallelism buys and costs: what must wait, how long it takes here, and how much more work and memory it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages._chapters.transformer import computed
from pages._ui import blocks, predict
from pages._ui.memo import memoized
from pages._ui.words import markdown, plain
from rnn_core import figures
from rnn_core.messages import text
from rnn_core.parallelism import LENGTHS, crossover

if TYPE_CHECKING:
    from pages._ui.reading import Reading
    from pages._ui.shell import View
    from rnn_core.models.timing import Point
    from rnn_core.quantities import Recurrent
    from rnn_core.stopwatch import Seen

OWN = "kioku_race"  # the number of the run that this reader has begun
LOOK_EVERY = 0.5  # seconds
RIVAL: Recurrent = "gru"  # of which the question asks
NEVER = len(LENGTHS) + 1


def race(view: View, reading: Reading) -> None:
    """The graph, the question, the measurement that answers it, and the other side."""
    lang, theme = view.lang, view.theme
    tokens, glosses = (tuple(getattr(token, part) for token in reading.trace.tokens) for part in ("text", "gloss"))
    blocks.picture(view, memoized(figures.sequential_steps, tokens, glosses=glosses, lang=lang, theme=theme))
    answer = predict.ask(view, "transformer.predict_ahead", options(lang), "guess_crossover")
    if answer.revealed:
        timed = computed.STOPWATCH.seen().running
        blocks.alone(_measured, LOOK_EVERY if timed else None)(view, answer.guess, timed)
        predict.again(view, "guess_crossover")
    blocks.part(view, "transformer.other_side")
    for column, make in zip(st.columns(2, gap="large"), (figures.multiply_adds, figures.numbers_kept), strict=True):
        with column:
            blocks.picture(view, memoized(make, lang=lang, theme=theme))


def options(lang: str) -> dict[int, str]:
    """What can be guessed: from which number of words on, or never."""
    named = {at: text("transformer.from", lang, words=words) for at, words in enumerate(LENGTHS, 1)}
    return named | {NEVER: text("transformer.never", lang)}


def _measured(view: View, guess: int | None, timed: bool) -> None:
    """The measurement as far as it is, with the button that starts or stops it."""
    seen = computed.STOPWATCH.seen()
    if seen.running != timed:
        st.rerun()  # so that the page begins or ends to look at it every moment
    _buttons(view, seen)
    if guess is not None and not seen.running and seen.points:
        st.html(f'<p class="lead" lang="{view.lang}">{plain(judged(guess, seen.points, view.lang))}</p>')
    makers = (figures.time_training, figures.time_generation)
    for column, make in zip(st.columns(2, gap="large", vertical_alignment="bottom"), makers, strict=True):
        with column:
            blocks.picture(view, make(seen.points, lang=view.lang, theme=view.theme))


def _buttons(view: View, seen: Seen[Point]) -> None:
    lang = view.lang
    with st.container(key="race", horizontal=True, vertical_alignment="center"):
        if not seen.running:
            st.button(text("transformer.start", lang), key="race_start", on_click=_start)
        elif st.session_state.get(OWN) == seen.run:
            st.button(text("transformer.stop", lang), key="race_stop", on_click=_stop, args=(seen.run,))
        st.html(f'<p class="quiet" role="status" lang="{lang}">{plain(state(seen, lang))}</p>')
    if seen.running:
        st.progress(len(seen.points) / seen.total)
    if seen.failure:
        st.error(text("transformer.failed", lang, why=markdown(seen.failure)))
    if seen.running and st.session_state.get(OWN) != seen.run:
        st.info(text("transformer.other_reader", lang))


def state(seen: Seen[Point], lang: str) -> str:
    """How far the measurement is, as a sentence."""
    if seen.run == 0:
        return text("transformer.not_yet", lang, total=len(LENGTHS))
    done = {"done": len(seen.points), "total": seen.total, "seconds": f"{seen.seconds:.0f}"}
    if seen.running:
        left = "…" if seen.left is None else f"{seen.left:.0f}"
        return text("transformer.running", lang, **done, left=left)
    return text("transformer.stopped" if seen.stopped else "transformer.done", lang, **done)


def judged(guess: int, points: tuple[Point, ...], lang: str) -> str:
    """Whether the reader guessed what was measured."""
    times = figures.trained(points)
    first = crossover(times.get("transformer") or {}, times.get(RIVAL) or {})
    measured = NEVER if first is None else 1 + LENGTHS.index(first)
    names = options(lang)
    key = "ahead_right" if measured == guess else "ahead_wrong"
    return text(f"transformer.{key}", lang, guess=names[guess], measured=names[measured])


def _start() -> None:
    run = computed.race()
    if run is not None:
        st.session_state[OWN] = run


def _stop(run: int) -> None:
    computed.STOPWATCH.stop(run)
