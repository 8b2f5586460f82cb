"""What is inside a file, and where its network can be taken: into other chapters, and into a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages._ui import blocks, network, tables
from pages._ui.contents import CHAPTERS
from pages._ui.words import markdown, plain
from rnn_core.messages import text
from rnn_core.models.sentence_spec import most_steps
from rnn_core.models.sources import find_source
from rnn_core.text.tokenizer import visible
from rnn_core.text.typography import shorten

if TYPE_CHECKING:
    from pages._chapters.your_model.settings import Chosen
    from pages._ui.shell import View
    from rnn_core.own.files import OwnFile

ROWS, NAMES, LONGEST = 20, 6, 40  # modules and ignored names that are listed, characters of one
COLUMNS = ("module", "cell", "inputs", "units", "layers", "directions", "state", "parameters")
SNIPPET = """\
import rnn_core as rc

checkpoint = rc.load_checkpoint({path!r})
module = checkpoint.modules[{prefix!r}]{relu}
trace = rc.record(module, inputs)  # (T, {inputs})
rc.plot.states(trace)"""


def table(view: View, file: OwnFile) -> None:
    """Every recurrent module of the file; what it cannot say, and what was not read and why."""
    lang = view.lang
    shown = file.parts[:ROWS]
    values = {
        "module": tuple(part.called for part in shown),
        "cell": tuple(part.cell.upper() for part in shown),
        **{name: tuple(f"{getattr(part, name):,}" for part in shown) for name in COLUMNS[2:]},
    }
    columns = {text(f"your_model.column.{name}", lang): values[name] for name in COLUMNS}
    notes = [note.said(lang) for note in file.notes[:ROWS]]
    if len(file.parts) > ROWS:
        notes.append(text("your_model.more_modules", lang, count=len(file.parts) - ROWS))
    if file.licence:
        notes.append(text("your_model.licence", lang, package=file.title, licence=file.licence))
    if file.ignored:
        names = text("ui.comma", lang).join(
            shorten(visible(name[: NAMES * LONGEST]), LONGEST) for name in file.ignored[:NAMES]
        )
        notes.append(text("your_model.ignored", lang, count=len(file.ignored), names=names))
    said = "".join(f'<p class="quiet" lang="{lang}">{plain(note)}</p>' for note in notes)
    st.html(blocks.part_said(view, "your_model.inside") + tables.table(columns) + said)


def ways(view: View, chosen: Chosen) -> None:
    """Links to the chapters that can show the network, within this session; of one that is too large, why not."""
    lang = view.lang
    if chosen.part.units > network.MOST_UNITS:
        said = text("errors.own_units", lang, given=chosen.part.units, most=network.MOST_UNITS)
        st.html(f'<p class="quiet" lang="{lang}">{plain(said)}</p>')
        return
    most = most_steps(find_source(chosen.setup.name).describe(chosen.setup.name))
    asked = {"lang": lang, "weights": chosen.setup.name}
    opens = {
        "cell": asked | {"text": chosen.sentence()},
        "gradients": asked | {"text": chosen.sentence(most), "length": "once"},
    }
    with st.container(key="own_ways", horizontal=True):
        for row in CHAPTERS:
            if row.name in opens:
                title = text(f"{row.name}.title", lang)
                label = markdown(text("your_model.open_in", lang, chapter=title))
                st.page_link(row.script, label=label, query_params=opens[row.name], width="content")


def notebook(view: View, chosen: Chosen) -> None:
    """The lines that record the same network outside the app; made when they are opened."""
    folded = st.expander(markdown(text("your_model.notebook", view.lang)), key="own_notebook", on_change="rerun")
    if not folded.open:
        return
    part, relu = chosen.part, '\nmodule.mode, module.nonlinearity = "RNN_RELU", "relu"' if chosen.setup.relu else ""
    with folded:
        st.code(SNIPPET.format(path=chosen.file.title, prefix=part.prefix, inputs=part.inputs, relu=relu), "python")
