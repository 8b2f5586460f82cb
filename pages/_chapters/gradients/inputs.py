"""What the address asks of /gradients: which words, which loss, which knobs; and what the three cells answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

import streamlit as st

from pages._ui import cache, controls
from pages._ui.network import Shown, is_named, recurrent_spec_of
from pages._ui.network import shown as shown_part
from pages._ui.words import plain
from rnn_core import KiokuError
from rnn_core.figures.captions import joined
from rnn_core.messages import text
from rnn_core.models.sentence_spec import SentenceSpec, continued, most_steps
from rnn_core.models.sources import find_source
from rnn_core.quantities import CELLS, MINIMAL, Cell, Minimal, Recurrent
from rnn_core.specs import ModelSpec, RecurrentSpec

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pages._ui.address import State
    from pages._ui.shell import View
    from rnn_core.models.model_trace import ModelTrace
    from rnn_core.text.tokenizer import Segmented, Token

OWN, ONCE, NONE = "own", "once", "none"
BESIDE: Mapping[str, tuple[Recurrent | Minimal, ...]] = MappingProxyType(
    {"all": CELLS, "mingru": ("gru", "mingru"), "minlstm": ("lstm", "minlstm")}
)
"""Whose gradients stand side by side: a minimal cell beside the one that it was made of."""
NOT_CHOSEN = Shown()

Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Asked:
    """The words and the loss.

    Attributes:
        tokens: the sentence itself, as a network receives it.
        cut: it was longer than what is read.
        words: the sentence continued.
        glosses: the meaning of each word.
        at: the word (0-based) at which the loss reads the state.
        output: the output whose probability is the loss, None where a unit is read.
        unit: that unit, 0-based.
        cells: whose networks read them.
        part: the layer and the direction that are shown. Words and `at` are in the order of its reading.
    """

    tokens: tuple[Token, ...]
    cut: bool
    words: tuple[str, ...]
    glosses: tuple[str, ...]
    at: int
    output: str | None
    unit: int | None
    cells: tuple[Recurrent | Minimal, ...] = CELLS
    part: Shown = NOT_CHOSEN

    @property
    def order(self) -> slice:
        """From the order of reading to that of the sentence, and back."""
        return slice(None, None, -1 if self.part.direction else 1)

    def turned(self, step: int) -> int:
        """A step of the one order in the other."""
        return len(self.words) - 1 - step if self.part.direction else step


def ask(view: View) -> Asked:
    """What the address asks for; what does not exist here is replaced, and it is said.

    Raises:
        KiokuError: nothing to read, more steps than are traced back, or weights that can't be loaded.
    """
    segmented = words_of(view)
    judge = cache.trace(_judge(view), segmented.tokens)
    length = count(view)
    words = continued(segmented.tokens, length)
    at = _place(view, len(words))
    glosses = continued([token.gloss for token in judge.tokens], length)
    spec = network(view.state)
    if len(words) > (most := most_steps(spec)):
        raise KiokuError("own_steps", given=len(words), units=spec.hidden, most=most)
    named = is_named(spec.weights)
    output, unit = _target(view, judge, words, at)
    part = shown_part(view, spec) if named else NOT_CHOSEN
    cells = (spec.cell,) if named else BESIDE[view.text("cell")]
    said = Asked(judge.tokens, segmented.cut, words, glosses, at, output, unit, cells, part)
    return replace(said, words=words[said.order], glosses=glosses[said.order], at=said.turned(at))


def network(state: State, cell: Cell | None = None) -> RecurrentSpec:
    """The network of one of the cells, the last of those that are shown where none is named.

    Raises:
        KiokuError: a network that its source does not have, or one with more units than are drawn.
    """
    return recurrent_spec_of({**state, "cell": cell or BESIDE[str(state["cell"])][-1]})


def known(view: View) -> RecurrentSpec | None:
    """The same, None where there is none: what is wrong is said where it is read."""
    try:
        return network(view.state)
    except KiokuError:
        return None


def _judge(view: View) -> RecurrentSpec:
    """The network whose reply is the loss: the named one, else the trained LSTM."""
    if is_named(view.state["weights"]):
        return network(view.state)
    return ModelSpec(cell="lstm", hidden=view.whole("hidden", 0))


def _target(view: View, judge: ModelTrace, words: Sequence[str], at: int) -> tuple[str | None, int | None]:
    """The output or the unit that is the loss; a network that says nothing has only units."""
    loss = view.state["loss"]
    if loss == "unit" or judge.distribution is None:
        return None, (known_place(view, "unit") or 1) - 1
    if loss == "word" and at + 1 < len(words):
        return words[at + 1], None
    guesses = judge.top(len(judge) - 1, len(judge.outputs))
    return next((guess.text for guess in guesses if guess.ends), guesses[0].text), None


def words_of(view: View) -> Segmented:
    """The sentence in what the network reads.

    Raises:
        KiokuError: nothing to read, or a network that its source does not have.
    """
    spec = network(view.state)
    return cache.words(view.text("text"), find_source(spec.weights).reads(spec))


def count(view: View) -> int:
    """How many words are read: the sentence as often as the address asks for; 0 where there is nothing to read."""
    try:
        once = len(words_of(view).tokens)
    except KiokuError:
        return 0  # what is wrong with it is said where it is read
    return max(once, 0 if view.state["length"] == ONCE else view.whole("length", 0))


def fit(view: View) -> None:
    """Before the controls are drawn: put the loss where there is something, in the address too, and say so."""
    state, loss = view.state, view.state["loss"]
    last, size = count(view), _units(view)
    if loss != "reply" and last and int(state["read"] or 0) > last:
        used = _default(str(loss), last)
        st.warning(text("gradients.no_word", view.lang, given=state["read"], last=last, used=used))
        controls.correct("read", None)
    if loss == "unit" and int(state["unit"] or 1) > size:
        st.warning(text("gradients.no_unit", view.lang, given=state["unit"], last=size))
        controls.correct("unit", 1)


def _units(view: View) -> int:
    """How many units of the state the loss can read."""
    spec = known(view)
    return view.whole("hidden", 0) if spec is None else spec.hidden * (1 + spec.bidirectional)


def known_place(view: View, key: str) -> int | None:
    """The word or the unit that the loss is at, 1-based, None for the one that it is at without being asked."""
    asked = view.state[key]
    most = count(view) if key == "read" else _units(view)
    return asked if isinstance(asked, int) and asked <= most else None


def _default(loss: str, last: int) -> int:
    """The word, 1-based, after which a loss reads the state unless another is named."""
    return max(last - 1, 1) if loss == "word" else last


def _place(view: View, last: int) -> int:
    """Where the loss reads the state, 0-based."""
    loss = view.text("loss")
    asked = None if loss == "reply" else known_place(view, "read")
    return (asked or _default(loss, last)) - 1


def by_cell(view: View, asked: Asked, find: Callable[[SentenceSpec], Answer]) -> Mapping[Cell, Answer]:
    """What is found of each cell that is looked at.

    Raises:
        KiokuError: an output that there is none of, weights that can't be loaded, numbers that are no longer finite.
    """
    return {cell: find(spec(view, asked, cell)) for cell in asked.cells}


def spec(view: View, asked: Asked, cell: Cell) -> SentenceSpec:
    """One cell with the knobs of the address."""
    state = view.state
    named = {"rho": "rho", "forget_bias": "fbias"}
    turned = {name: None if state[key] == OWN else state[key] for name, key in named.items()}
    return SentenceSpec.model_validate(
        {
            "model": network(state, cell),
            "words": asked.words[asked.order],
            "at": asked.turned(asked.at),
            "output": asked.output,
            "unit": asked.unit,
            "start": state["start"],
            "nonlinearity": state["act"],
            "layer": asked.part.layer,
            "direction": asked.part.direction,
            **turned,
        }
    )


def loss(view: View, asked: Asked) -> str:
    """What the loss is, as a sentence."""
    lang, step = view.lang, asked.at + 1
    if asked.output is None:
        return text("gradients.loss.unit", lang, unit=(asked.unit or 0) + 1, step=step)
    kind = "word" if is_next_word(view, asked) else "reply"
    return text(f"gradients.loss.{kind}", lang, output=asked.output, step=step, words=len(asked.words))


def is_next_word(view: View, asked: Asked) -> bool:
    """Whether the output is the word that comes next, not the reply to all of them."""
    return view.state["loss"] == "word" and asked.at + 1 < len(asked.words)


def notes(view: View, asked: Asked) -> None:
    """The loss, and what of the knobs has no effect or is not all there."""
    state, lang = view.state, view.lang
    said = [loss(view, asked)]
    if asked.output is None and state["loss"] != "unit":
        said.append(text("gradients.note.no_readout", lang))
    if state["act"] == "relu":
        said.append(text("gradients.note.relu", lang))
    if state["start"] == "identity" and state["act"] == "relu":
        said.append(text("gradients.note.awake", lang))
    minimal = any(cell in MINIMAL for cell in asked.cells)
    if state["fbias"] != OWN and not minimal:
        said.append(text("gradients.note.fbias", lang))
    if state["rho"] == 0 and "rnn" in asked.cells:
        said.append(text("gradients.note.zero", lang))
    if minimal and (state["rho"], state["start"], state["fbias"], state["act"]) != (OWN, OWN, OWN, "tanh"):
        said.append(text("gradients.note.minimal", lang))
    if is_named(state["weights"]) and asked.part.layer + 1 < network(state).layers:
        said.append(text("gradients.note.below", lang))
    st.html(f'<p class="quiet" lang="{lang}">{plain(joined(said, lang))}</p>')
