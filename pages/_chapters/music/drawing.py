"""The drawing that opens /music, what is to be remarked on its melody, and the files to take away."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from pages._chapters.music import OWN, settings
from pages._ui import blocks, controls, stage
from pages._ui.components.melody_roll import melody_roll
from pages._ui.words import plain
from rnn_core import figures
from rnn_core.figures.captions import number
from rnn_core.messages import text
from rnn_core.sound.synth import render, wav_bytes
from rnn_core.tasks.music.melodies import SIXTEENTH
from rnn_core.tasks.music.midi import write_midi

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pages._chapters.music.settings import Asked
    from pages._ui.shell import View
    from rnn_core.tasks.music.melodies import Note


def draw(view: View, asked: Asked) -> None:
    """Draw the melody over the states of its network."""
    step = view.state["t"]
    with stage.drawing(view):
        melody_roll(
            view.lang,
            asked.composed,
            step=step if isinstance(step, int) else None,
            key=view.key("melody_roll"),
            on_step_change=controls.rest,
        )


def pinned(view: View) -> None:
    """Draw the melody of a pinned state."""
    draw(view, settings.read(view))


def remarks(view: View, asked: Asked) -> None:
    """How unsure the network was of the notes that were given, and the melody as files."""
    composed, lang = asked.composed, view.lang
    if composed.perplexity is not None:
        case = "own" if view.state["begins"] == OWN else "line"
        said = text(f"music.given.{case}", lang, perplexity=number(composed.perplexity))
        st.html(f'<p class="quiet" lang="{lang}">{plain(said)}</p>')
    files: dict[str, tuple[str, Callable[[Sequence[Note]], bytes]]] = {
        "midi": ("mid", write_midi),
        "wav": ("wav", _wav),
    }
    with st.container(horizontal=True, key="files"):
        for kind, (ending, made) in files.items():
            st.download_button(
                text(f"music.{kind}", lang),
                partial(made, composed.notes),  # made when it is asked for
                f"kioku-melody.{ending}",
                f"audio/{kind}",
                key=kind,
                on_click="ignore",
            )


def _wav(notes: Sequence[Note]) -> bytes:
    return wav_bytes(render((note.pitch, note.length * SIXTEENTH) for note in notes))


def distributions(view: View, asked: Asked) -> None:
    """What comes after the note at which the reader rests, as charts: its pitch, and its length."""
    step = min(view.whole("t", asked.composed.given), len(asked.composed.notes)) - 1
    for kind in ("pitch", "length"):
        blocks.picture(view, figures.next_note(asked.composed, step, kind, **view.style))
