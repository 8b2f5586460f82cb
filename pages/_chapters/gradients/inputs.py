"""What the address asks of /gradients: which words, which loss, which knobs; and what the three cells answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from pages._ui import cache, controls
from pages._ui.reading import spec_of
from pages._ui.words import plain
from rnn_core import KiokuError, ModelSpec
from rnn_core.figures.captions import joined
from rnn_core.messages import text
from rnn_core.models.sentence_spec import SentenceGradients, SentenceSpec, continued
from rnn_core.quantities import CELLS, Cell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages._ui.shell import View
    from rnn_core.text.tokenizer import Token

OWN, ONCE = "own", "once"


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
    """

    tokens: tuple[Token, ...]
    cut: bool
    words: tuple[str, ...]
    glosses: tuple[str, ...]
    at: int
    output: str | None
    unit: int | None


def ask(view: View) -> Asked:
    """What the address asks for; what does not exist here is replaced, and it is said.

    Raises:
        KiokuError: nothing to read, or weights that can't be loaded.
    """
    state = view.state
    segmented = cache.words(str(state["text"]))
    judge = cache.trace(ModelSpec(cell="lstm", hidden=int(state["hidden"] or 0)), segmented.tokens)
    length = count(view)
    words = continued(segmented.tokens, length)
    at = _place(view, len(words))
    output, unit = None, None
    if state["loss"] == "unit":
        unit = (known(view, "unit") or 1) - 1
    elif state["loss"] == "word" and at + 1 < len(words):
        output = words[at + 1]
    else:
        guesses = judge.top(len(judge) - 1, len(judge.outputs))
        output = next(guess.text for guess in guesses if guess.ends)
    glosses = continued([token.gloss for token in judge.tokens], length)
    return Asked(judge.tokens, segmented.cut, words, glosses, at, output, unit)


def count(view: View) -> int:
    """How many words are read: the sentence as often as the address asks for; 0 where there is nothing to read."""
    try:
        once = len(cache.words(view.text("text")).tokens)
    except KiokuError:
        return 0  # what is wrong with it is said where it is read
    return max(once, 0 if view.state["length"] == ONCE else view.whole("length", 0))


def fit(view: View) -> None:
    """Before the controls are drawn: put the loss where there is something, in the address too, and say so."""
    state, loss = view.state, view.state["loss"]
    last, size = count(view), int(state["hidden"] or 0)
    if loss != "reply" and last and int(state["read"] or 0) > last:
        used = _default(str(loss), last)
        st.warning(text("gradients.no_word", view.lang, given=state["read"], last=last, used=used))
        controls.correct("read", None)
    if loss == "unit" and int(state["unit"] or 1) > size:
        st.warning(text("gradients.no_unit", view.lang, given=state["unit"], last=size))
        controls.correct("unit", 1)


def known(view: View, key: str) -> int | None:
    """The word or the unit that the loss is at, 1-based, None for the one that it is at without being asked."""
    asked = view.state[key]
    most = count(view) if key == "read" else view.whole("hidden", 0)
    return asked if isinstance(asked, int) and asked <= most else None


def _default(loss: str, last: int) -> int:
    """The word, 1-based, after which a loss reads the state unless another is named."""
    return max(last - 1, 1) if loss == "word" else last


def _place(view: View, last: int) -> int:
    """Where the loss reads the state, 0-based."""
    loss = view.text("loss")
    asked = None if loss == "reply" else known(view, "read")
    return (asked or _default(loss, last)) - 1


def answers(view: View, asked: Asked) -> Mapping[Cell, SentenceGradients]:
    """What each cell's loss says of the words.

    Raises:
        KiokuError: an output that there is none of, weights that can't be loaded, numbers that are no longer finite.
    """
    return {cell: cache.find_gradients(spec(view, asked, cell)) for cell in CELLS}


def spec(view: View, asked: Asked, cell: Cell) -> SentenceSpec:
    """One cell with the knobs of the address."""
    state = view.state
    named = {"rho": "rho", "forget_bias": "fbias"}
    turned = {name: None if state[key] == OWN else state[key] for name, key in named.items()}
    return SentenceSpec.model_validate(
        {
            "model": spec_of({**state, "cell": cell}),
            "words": asked.words,
            "at": asked.at,
            "output": asked.output,
            "unit": asked.unit,
            "start": state["start"],
            "nonlinearity": state["act"],
            **turned,
        }
    )


def loss(view: View, asked: Asked) -> str:
    """What the loss is, as a sentence."""
    lang, step = view.lang, asked.at + 1
    if asked.output is None:
        return text("gradients.loss.unit", lang, unit=(asked.unit or 0) + 1, step=step)
    kind = "word" if view.state["loss"] == "word" and step < len(asked.words) else "reply"
    return text(f"gradients.loss.{kind}", lang, output=asked.output, step=step, words=len(asked.words))


def notes(view: View, asked: Asked, found: Mapping[Cell, SentenceGradients]) -> None:
    """The loss, and what of the knobs has no effect or is not all there."""
    state, lang = view.state, view.lang
    said = [loss(view, asked)]
    if state["act"] == "relu":
        said.append(text("gradients.note.relu", lang))
    if state["start"] == "identity" and state["act"] == "relu":
        said.append(text("gradients.note.awake", lang))
    if state["fbias"] != OWN:
        said.append(text("gradients.note.fbias", lang))
    if state["rho"] == 0:
        said.append(text("gradients.note.zero", lang))
    sparse = [f"{cell.upper()} 1/{one.every}" for cell, one in found.items() if one.every > -(-len(asked.words) // 60)]
    if sparse:
        said.append(text("gradients.note.sparse", lang, cells=text("figures.list", lang).join(sparse)))
    st.html(f'<p class="quiet" lang="{lang}">{plain(joined(said, lang))}</p>')
