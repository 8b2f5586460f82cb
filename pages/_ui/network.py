"""The network that the address names: its spec, its controls, and which of its layers and directions is shown."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import streamlit as st

from pages._ui import controls, lab, own_files
from pages._ui.words import plain
from rnn_core import KiokuError, ModelSpec
from rnn_core.figures import called
from rnn_core.messages import text
from rnn_core.models.sources import find_source
from rnn_core.own import file_source
from rnn_core.quantities import MINIMAL
from rnn_core.specs import MinimalSpec, RecurrentSpec
from rnn_core.training.lab import run_source

if TYPE_CHECKING:
    from pages._ui.address import State
    from pages._ui.chapter import Value
    from pages._ui.shell import View

BACKWARD = "backward"
SPECS = 256  # that are kept: a run asks for its own some five times
MOST_UNITS = 256  # that a drawing of every unit can hold
run_source.register(lab.runs)  # what was trained on /training is a network for every chapter
file_source.register(own_files.here)  # and so is what was opened on /your-model


@dataclass(frozen=True)
class Shown:
    """Which part of a network is shown, 0-based; direction 1 is backward."""

    layer: int = 0
    direction: int = 0


def is_named(weights: object) -> bool:
    """Whether only the network's source knows what it is: a training run, a reader's own file."""
    return ":" in str(weights)


def spec_of(state: State) -> ModelSpec:
    """The network that the address names, an RNN, LSTM or GRU; only randomly drawn weights depend on the seed.

    Raises:
        KiokuError: a network that its source does not have, one with more units than are drawn, or one of another cell.
    """
    found = recurrent_spec_of(state)
    if isinstance(found, MinimalSpec):
        raise KiokuError("minimal_elsewhere", given=called(found.cell, "en"))
    return found


def recurrent_spec_of(state: State) -> RecurrentSpec:
    """The same, of any cell: for a chapter that shows minGRU and minLSTM too.

    Raises:
        KiokuError: a network that its source does not have, or one with more units than are drawn.
    """
    weights = str(state["weights"])
    if is_named(weights):
        named = find_source(weights).describe(weights)
        if named.hidden > MOST_UNITS:
            raise KiokuError("own_units", given=named.hidden, most=MOST_UNITS)
        return named
    return _named(str(state["cell"]), state["hidden"], weights, state["seed"] if weights == "fresh" else 0)


@lru_cache(SPECS)
def _named(cell: str, hidden: Value, weights: str, seed: Value) -> RecurrentSpec:
    said = {"cell": cell, "hidden": hidden, "weights": weights, "seed": seed}
    if cell not in MINIMAL:
        return ModelSpec.model_validate(said)
    if weights != "fresh" and hidden not in MinimalSpec.shipped:
        sizes = ", ".join(map(str, MinimalSpec.shipped))
        raise KiokuError("minimal_sizes", cell=called(cell, "en"), given=hidden, sizes=sizes)
    return MinimalSpec.model_validate(said)


def require(view: View) -> None:
    """See that the network of the address has what its chapter needs of one.

    Raises:
        KiokuError: it has not; what is missing, and what to choose instead.
    """
    weights, needs = view.text("weights"), view.chapter.needs
    if not needs or not is_named(weights):
        return
    if "kinds" in needs:
        raise KiokuError("needs_kinds", given=weights)
    if not stands_beside(spec_of(view.state)):
        raise KiokuError("needs_kinds_or_run", given=weights)


def stands_beside(spec: RecurrentSpec) -> bool:
    """Whether a network of another source can stand beside the shipped ones: it learned the same, and is as deep."""
    return spec.task == ModelSpec.model_fields["task"].default and (spec.layers, spec.bidirectional) == (1, False)


def choose(view: View) -> None:
    """The controls of the network, and where it has several layers or directions, of those."""
    spec = known(view)
    if spec is None or not is_named(spec.weights):
        controls.choice("cell", view.lang)
        controls.choice("hidden", view.lang)
    parts(view, spec)


def parts(view: View, spec: RecurrentSpec | None) -> None:
    """What the network is where no control says it, and the controls of what of it is shown."""
    if spec is None:
        return
    if is_named(spec.weights):
        said = text("ui.network", view.lang, cell=called(spec.cell, view.lang), units=spec.hidden, layers=spec.layers)
        st.html(f'<p class="quiet" lang="{view.lang}">{plain(said)}</p>')
    if spec.layers > 1:
        controls.choice("layer", view.lang, only=tuple(range(1, spec.layers + 1)))
    if spec.bidirectional:
        controls.choice("direction", view.lang)


def shown(view: View, spec: RecurrentSpec) -> Shown:
    """What of the network is shown; a layer that it does not have is replaced by its last, and said."""
    asked = view.whole("layer", 1)
    if asked > spec.layers:
        st.warning(text("ui.no_layer", view.lang, given=asked, last=spec.layers))
        asked = spec.layers
    return Shown(asked - 1, int(spec.bidirectional and view.state["direction"] == BACKWARD))


def known(view: View) -> RecurrentSpec | None:
    """The network, None where its source does not have it: what is wrong is said where it is read."""
    try:
        return recurrent_spec_of(view.state)
    except KiokuError:
        return None
