"""Which sound is heard: one of the clips, or one that the reader records or hands in, which stays in this session."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

import streamlit as st

from pages._chapters.speech import OWN, computed
from pages._ui import controls, uploads
from pages._ui.components import packing
from pages._ui.file_field import take_file
from pages._ui.words import markdown, plain
from rnn_core.messages import text
from rnn_core.sound.clips import CLIPS, Scene, scene
from rnn_core.sound.rate import RATE
from rnn_core.sound.wav import MEGABYTES, SECONDS, read_wav

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages._ui.shell import View
    from rnn_core.speech.measures import Listened

SLOT = "kioku_own_sound"
FIELDS = ("voice", "file")  # where a reader gives one: a recording made here, a file


@dataclass(frozen=True, eq=False)
class Sound:
    """What is heard.

    Attributes:
        name: by which it is told apart from every other.
        scene: the sound.
        found: what the detector makes of it.
        remarks: what there is to say of it, messages.
    """

    name: str
    scene: Scene
    found: Listened
    remarks: tuple[str, ...] = ()


def choose(view: View) -> Sound | None:
    """The sound of the address; None where it is the reader's own and there is none yet.

    Raises:
        KiokuError: a file that can't be read.
    """
    name, held = view.text("sound"), float(view.whole("held", 1))
    if name == OWN:
        return _own(held)
    clip = next(one for one in CLIPS if one == name)
    return Sound(packing.digest(name, held), scene(clip), computed.listen(clip, held))


def fields(view: View) -> None:
    """Where a reader gives a sound; what it may be is said beforehand."""
    lang = view.lang
    folded = st.popover(text("speech.own", lang), key="own", on_change="rerun")
    if not folded.open and not any(st.session_state.get(field) for field in FIELDS):
        return
    with folded:
        said = text("speech.own_limits", lang, seconds=SECONDS, megabytes=MEGABYTES)
        st.html(f'<p class="quiet" lang="{lang}">{plain(said)}</p>')
        uploads.take(MEGABYTES)
        st.audio_input(text("speech.voice", lang), sample_rate=RATE, key="voice", on_change=_given, args=("voice",))
        said = markdown(text("speech.file", lang))
        take_file(said, lang, key="file", most=MEGABYTES, kinds=["wav"], on_change=_given, args=("file",))


def _given(field: str) -> None:
    """The reader has recorded or chosen something: it is what is heard; where it was taken back, nothing is."""
    given = st.session_state.get(field)
    st.session_state.pop(SLOT, None)
    if given is not None:
        st.session_state[SLOT] = given.getvalue()
        controls.take({"sound": OWN, "t": None})


def _own(held: float) -> Sound | None:
    """The reader's own, computed once a session and clamp; the session alone has it."""
    kept = st.session_state.get(SLOT)
    if kept is None:
        return None
    name, heard = _identity(kept, held), st.session_state.setdefault(f"{SLOT}_heard", {})
    if name not in heard:
        from rnn_core.speech.detector import listen  # needs torch

        recording = read_wav(kept)
        heard.clear()
        said = {"cut": recording.cut, "clipped": recording.clipped}
        remarks = tuple(f"speech.remark.{remark}" for remark, is_so in said.items() if is_so)
        heard[name] = Sound(name, Scene(recording.samples), listen(recording.samples, held), remarks)
    found: Mapping[str, Sound] = heard
    return found[name]


def _identity(kept: bytes, held: float) -> str:
    return packing.digest(sha256(kept).hexdigest(), held)
