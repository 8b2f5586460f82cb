"""What was chosen, put together: which module of the file, what the file cannot say, and the steps that are read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from pages._chapters.your_model import computed
from pages._ui import controls, network, own_files
from pages._ui.words import plain
from rnn_core import KiokuError
from rnn_core.messages import text
from rnn_core.models.sources import find_source
from rnn_core.own.limits import MOST_STEPS
from rnn_core.own.setup import Setup
from rnn_core.text.tokenizer import MAX_TOKENS
from rnn_core.text.typography import shorten

if TYPE_CHECKING:
    from pages._ui.network import Shown
    from pages._ui.shell import View
    from rnn_core.own.files import OwnFile, Part

LONGEST = 40  # characters of a module's name


@dataclass(frozen=True)
class Chosen:
    """The network, and what it reads.

    Attributes:
        file: the opened file.
        part: the module of it.
        setup: what names both for every chapter.
        shown: the layer and the direction.
        tokens: what the T steps are called.
        cut: how many steps are read, where there were more; 0 where all are.
    """

    file: OwnFile
    part: Part
    setup: Setup
    shown: Shown
    tokens: tuple[str, ...]
    cut: int = 0

    def sentence(self, most: int = MAX_TOKENS) -> str:
        """The first steps, as another chapter reads them.

        Args:
            most: how many it can take of this network.
        """
        return ("" if self.setup.words else " ").join(self.tokens[: min(most, MAX_TOKENS)])


def choose(view: View, file: OwnFile) -> Chosen:
    """The controls of what the file leaves open, and what is chosen with them.

    Raises:
        KiokuError: a module that is too large, nothing to read, or input that the network cannot read.
    """
    with st.container(key="network_row", horizontal=True, vertical_alignment="bottom"):
        place = _module(view, file)
        part = file.part(place)
        if part.cell == "rnn":
            controls.choice("act", view.lang)
        setup, tokens, cut = _input(
            view, Setup(file.name, place, relu=part.cell == "rnn" and view.state["act"] == "relu")
        )
        spec = find_source(setup.name).describe(setup.name)
        network.parts(view, spec)
    if cut:
        st.warning(text("your_model.cut", view.lang, limit=cut))
    return Chosen(file, part, setup, network.shown(view, spec), tokens, cut)


def _module(view: View, file: OwnFile) -> int:
    """Which module, 0-based; one that the file does not have is replaced by the first, and said."""
    last, asked = len(file.parts), view.whole("module", 1)
    if asked > last:
        st.warning(text("your_model.no_module", view.lang, given=asked, last=last))
        view.correct("module", 1)
        asked = 1
    if last > 1:
        names = {place: f"{place}: {part.called}" for place, part in enumerate(file.parts, 1)}
        controls.keep("module", asked, tuple(names))
        st.selectbox(
            text("controls.module.label", view.lang),
            list(names),
            key="module",
            format_func=lambda place: shorten(names[place], LONGEST),
            width=260,
        )
    return asked - 1


def _input(view: View, setup: Setup) -> tuple[Setup, tuple[str, ...], int]:
    """The setup with its input, what the steps are called, and the limit by which they were cut, 0 for none."""
    how, seed = view.text("feed"), view.whole("draw", 0)
    if how == "sentence":
        found = computed.words(view.text("text"))
        return Setup(setup.file, setup.part, setup.relu, seed, words=True), found.tokens, MAX_TOKENS if found.cut else 0
    if how == "drawn":
        return Setup(setup.file, setup.part, setup.relu, seed), computed.steps(view.whole("span", 1)), 0
    asked = view.state["inputs"]
    read = own_files.here().inputs.get(str(asked))
    if read is None:
        raise KiokuError(
            "own_inputs_none" if asked is None else "own_inputs_missing", **({"given": asked} if asked else {})
        )
    one = read.sequence(view.whole("sequence", 1) - 1, batch_first=view.state["axis"] == "batch")
    name = own_files.here().keep_sequence(one)
    return (
        Setup(setup.file, setup.part, setup.relu, values=name),
        computed.steps(len(one.numbers)),
        one.cut * MOST_STEPS,
    )


def read_said(view: View, chosen: Chosen) -> str:
    """How the steps become numbers, as HTML."""
    values = chosen.setup.values
    how = own_files.here().find_inputs(values).frames or "own" if values else "drawn"
    said = text(f"your_model.read.{how}", view.lang, inputs=chosen.part.inputs)
    return f'<p class="quiet" lang="{view.lang}">{plain(said)}</p>'
