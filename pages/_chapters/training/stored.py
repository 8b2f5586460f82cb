"""The reader's own runs and the room that all runs take: keep some, let one go, take in one from a file. Folded."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import TYPE_CHECKING

import streamlit as st

from pages._chapters.training import comparing, running
from pages._ui import lab, uploads, visitor
from pages._ui.file_field import file_field
from pages._ui.words import markdown, plain
from rnn_core import KiokuError
from rnn_core.messages import text
from rnn_core.training.lab.limits import FILE, PINS
from rnn_core.training.lab.room import Usage

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from pages._ui.shell import View
    from rnn_core.training.lab.spec import TrainSpec

SHOWN = 12  # of the reader's own runs, the newest
_alone = threading.Lock()  # one file is unpacked at a time: it may be several times as large then
GIVEN = "training_given"  # in the session: how many files were given, so that the widget is another one after each


def offer(view: View) -> None:
    """What is stored, behind a fold."""
    folded = st.expander(markdown(text("training.stored", view.lang)), key="stored_runs", on_change="rerun")
    if not folded.open:
        return
    with folded:
        own = _own()
        usage = lab.runs().asked(lab.runs().room.usage)
        said = "".join(f"<p>{plain(one)}</p>" for one in _room(view.lang, usage, dict(own)))
        st.html(f'<div class="quiet" lang="{view.lang}">{said}</div>')
        for name, spec in own:
            _row(view.lang, name, spec)
        _field(view)


def _own() -> list[tuple[str, TrainSpec]]:
    """The reader's runs that can be read."""
    found = []
    for name in lab.runs().of_visitor(visitor.token(), SHOWN):
        with suppress(KiokuError):  # one that is damaged can't be said
            found.append((name, lab.runs().spec(name)))
    return found


def _room(lang: str, usage: Usage, own: dict[str, TrainSpec]) -> list[str]:
    """How full the store is, what goes when it is full, and which of the reader's own would go first."""
    said = [
        text("training.room", lang, used=f"{usage.used / uploads.MIB:.1f}", most=round(usage.most / uploads.MIB)),
        text("training.room_rule", lang, most=PINS),
    ]
    first = next((own[name] for name in usage.next if name in own), None)
    return said if first is None else [*said, text("training.room_yours", lang, run=named(lang, first))]


def named(lang: str, spec: TrainSpec) -> str:
    """A run by what it trains."""
    values = spec.model_dump(include={"length", "hidden", "seed"})
    task = text(f"training_map.task.{spec.task}", lang)
    return text("training.named", lang, task=task, cell=spec.cell.upper(), lr=f"{spec.lr:g}", **values)


def _row(lang: str, name: str, spec: TrainSpec) -> None:
    """One run: it opens when it is pressed; whether it is kept."""
    pinned = lab.runs().status(name).pinned
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            markdown(named(lang, spec)), key=f"open_{name}", type="tertiary", on_click=comparing.open_run, args=(name,)
        )
        said = text("training.unpin" if pinned else "training.pin", lang)
        st.button(said, key=f"pin_{name}", on_click=_pin, args=(name, not pinned))


def _pin(name: str, pinned: bool) -> None:
    running.attempt(lambda: lab.runs().pin(name, visitor.token(), pinned))


def _field(view: View) -> None:
    """A place for a run's file; the limit is said before."""
    most = min(uploads.largest(), FILE) // uploads.MIB
    key = f"run_file_{st.session_state.get(GIVEN, 0)}"
    with st.container(key="import_run"):
        said = text("training.import", view.lang, most=most)
        file_field(said, view.lang, key=key, most=most, kinds=["zip"], on_change=_given, args=(key,))


def _given(key: str) -> None:
    """Take in a run, and show it; the widget is another one then, so that Streamlit keeps nothing of the file."""
    given: UploadedFile | None = st.session_state.get(key)
    if given is None:
        return
    st.session_state[GIVEN] = st.session_state.get(GIVEN, 0) + 1
    running.attempt(lambda: _take(given.getvalue()))


def _take(content: bytes) -> None:
    from rnn_core.training.lab.transfer import import_run  # needs torch

    with _alone:
        name = import_run(lab.runs(), content, visitor.token())
    comparing.open_run(name)
