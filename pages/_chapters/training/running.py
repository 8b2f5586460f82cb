"""A run on the page: the one that the address names, its drawing, and what the reader can do with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from pages._chapters.training import CHAPTER, guesses, settings
from pages._ui import blocks, controls, lab, stage, visitor
from pages._ui.address import literal
from pages._ui.components.training_map import Guess, Shown, training_map
from pages._ui.controls import SKIP
from pages._ui.words import markdown, plain
from rnn_core import KiokuError
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pages._ui.address import State
    from pages._ui.shell import View
    from rnn_core.training.lab.spec import TrainSpec
    from rnn_core.training.lab.store import Status

EVERY = 1.0  # seconds between two looks at a run that goes on
REFUSED, FOLLOWED = "training_refused", "training_followed"
CLIP = 1.0  # of the training with clipping that is offered after one without has diverged


@dataclass(frozen=True)
class Run:
    """A run of the store.

    Attributes:
        name: as the address has it.
        spec: what it trains.
        status: what it does now.
        mine: whether this visitor started it.
    """

    name: str
    spec: TrainSpec
    status: Status
    mine: bool


def chosen(view: View) -> Run | None:
    """The run that the address names; one that is not there is said and forgotten. Its settings are the page's."""
    name = view.text("run")
    if not name:
        return None
    runs = lab.runs()
    try:
        found = Run(name, runs.spec(name), runs.status(name), runs.is_starter(name, visitor.token()))
    except KiokuError as error:
        st.warning(markdown(error.text(view.lang)))
        controls.correct("run", "")
        return None
    if st.session_state.get(FOLLOWED) != name:  # once, since a file may have settings that no address can hold
        st.session_state[FOLLOWED] = name
        if _spec_of(view.state) != found.spec:
            controls.follow({**view.state, **settings.state_of(found.spec)})
    return found


def refused(view: View) -> None:
    """Say what prevented what the reader has just wanted."""
    if error := st.session_state.pop(REFUSED, None):
        st.warning(markdown(error.text(view.lang)))


def _spec_of(state: State) -> TrainSpec | None:
    try:
        return settings.spec_of(state)
    except KiokuError:
        return None


def draw(view: View, run: Run | None) -> None:
    """Draw the run, or what is set up and asked before one."""
    state = dict(view.state)
    if run is None and (fitted := settings.fitted(state)):
        st.warning(text("training.no_length", view.lang, given=state["length"], used=fitted["length"]))
        controls.correct("length", fitted["length"])
        state |= fitted
    spec = run.spec if run else settings.spec_of(state)
    with stage.drawing(view):
        training_map(
            view.lang,
            Shown(
                settings.drawn(state, spec),
                _guess(view),
                run.name if run else "",
                run.mine if run else True,
                run.status.over if run else False,
                view.whole("update", -1) if view.state["update"] is not None else None,
            ),
            on_settings_change=change,
            on_guess_change=lambda guess: controls.take({"guess": guesses.write(guess)}),
            on_step_change=lambda step: controls.take({"update": step}),
            on_act=act,
        )


def _guess(view: View) -> Guess:
    said = "" if view.state["guess"] is None else view.text("guess")
    found = guesses.read(said)
    if found is None:
        st.warning(text("predict.unknown", view.lang, given=literal(said)))
        controls.correct("guess", None)
        return Guess()
    return found


def answered(view: View, run: Run) -> bool:
    """Whether nothing more is asked of this run: it has ended, or was watched without a guess."""
    return run.status.over or view.state["guess"] == SKIP


def change(given: Mapping[str, str]) -> None:
    """The reader has put settings to something else: what was trained with others is another run."""
    new = settings.changed(_now(), given)
    try:
        settings.spec_of({**_now(), **new})
    except KiokuError as error:
        st.session_state[REFUSED] = error
        return
    controls.take({**new, "run": "", "update": None})


def act(what: str, given: Mapping[str, str], guess: Guess) -> None:
    """What was pressed: in the drawing, with settings changed just before, or below it."""
    if given:
        change(given)
    state = _now()
    if what in ("train", "skip"):
        guessed = SKIP if what == "skip" else guesses.write(guess) or SKIP
        attempt(lambda: _begin(settings.spec_of(state), guessed))
    elif what == "cancel":
        attempt(lambda: lab.runs().cancel(str(state["run"]), visitor.token()))
    elif what == "continue":
        attempt(lambda: lab.runs().go_on(str(state["run"]), visitor.token()))
    elif what == "clip":
        controls.take({"limit": CLIP, "run": "", "guess": None, "update": None})


def _begin(spec: TrainSpec, guessed: str) -> None:
    name = lab.runs().submit(spec, visitor.token())
    st.session_state[FOLLOWED] = name
    controls.take({"run": name, "guess": guessed, "update": None})


def attempt(action: Callable[[], object]) -> None:
    """Do it; what prevents it is said when the page is drawn."""
    try:
        action()
    except KiokuError as error:
        st.session_state[REFUSED] = error


def _now() -> dict[str, object]:
    """What the controls of the chapter are, in a callback."""
    return {key: st.session_state.get(key) for key in CHAPTER.controls}


def bar(view: View, run: Run | None) -> None:
    """What the run does, and what can be done with it, for those who don't use the drawing too."""
    with st.container(key="run_bar", horizontal=True, vertical_alignment="center"):
        going = run is not None and not run.status.over
        blocks.alone(_told, run_every=EVERY if going else None)(view, run)
        st.button(
            text("training.train" if run is None else "training.again", view.lang),
            key="train",
            disabled=going,
            on_click=_pressed,
            args=("train",),
        )
        st.button(
            text("training.cancel", view.lang),
            key="cancel",
            disabled=not going or run is None or not run.mine,
            on_click=act,
            args=("cancel", {}, Guess()),
        )


def _pressed(what: str) -> None:
    said = st.session_state.get("guess")
    act(what, {}, guesses.read(str(said)) or Guess() if said else Guess())


def _told(view: View, run: Run | None) -> None:
    """The state of the run in words; when it has ended, the page is drawn anew."""
    status = lab.runs().status(run.name) if run else None
    state: str = status.state if status else "empty"
    values: dict[str, object] = {}
    if status and state == "queued":
        values = {"place": (status.before or 0) + 1, "seconds": round(status.seconds or 0)}
        state = "queued" if status.seconds is not None else "queued_soon"
    with st.container(key="run_status", width="content"):
        st.html(
            f'<p role="status" lang="{view.lang}">{plain(text(f"training.state.{state}", view.lang, **values))}</p>'
        )
        if status and status.failure:
            st.warning(markdown(status.failure.text(view.lang)))
    if run and status and status.over and not run.status.over:
        st.rerun(scope="app")
