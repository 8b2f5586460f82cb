"""A translation as its page shows it: what was read and written, where the decoder looked, and which step is chosen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np
import streamlit as st

from pages._chapters.attention import computed
from pages._chapters.attention.glosses import glossed, read_aloud
from pages._ui import blocks, cache, sentence
from pages._ui.memo import memoized
from pages._ui.words import markdown, plain
from rnn_core import KiokuError, figures
from rnn_core.figures import Words
from rnn_core.messages import text
from rnn_core.quantities import QUANTITIES
from rnn_core.statistics import attention_maps
from rnn_core.text.tokenizer import MAX_TOKENS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from pages._ui.components.place import Axis
    from pages._ui.shell import View
    from rnn_core.models.model_trace import ModelTrace
    from rnn_core.specs import TranslatorSpec
    from rnn_core.tasks.pairs import Tokens

    Array = NDArray[np.floating]

BEGIN, END = "▷", "⏎"
UNKNOWN, KNOWN = "□", ("phrases", "kanji")  # the unknown token, and the tasks whose networks have learned it
LOOK = next(row.key for row in QUANTITIES if row.axes == ("target", "source"))
MARKED: Mapping[str, Axis] = {LOOK: "y"}


@dataclass(frozen=True, eq=False)
class Decoded:
    """One translation, ready to be shown.

    Attributes:
        trace: what the network computed; its outputs are named as readers see them.
        raw: the same as it is, with the network's own names.
        states: what is mixed, (S, D); the encoder's states where nothing is.
        weights: where it looked, (T, S), of the chosen head; None for a network that does not look back.
        context: what it mixed, (T, D); None likewise.
        step: the chosen written word, 0-based.
        head: which head, 0-based; None for the mean, or where there is one.
    """

    trace: ModelTrace
    raw: ModelTrace
    states: Array
    weights: Array | None
    context: Array | None
    step: int
    head: int | None

    @property
    def spec(self) -> TranslatorSpec:
        """Which network."""
        return self.raw.spec  # type: ignore[return-value]  # the trace of a translation

    def source(self, lang: str) -> Words:
        """What was read, as figures take it."""
        assert self.trace.source is not None
        tokens = self.trace.source.tokens
        return Words(tuple(token.text for token in tokens), tuple(token.gloss for token in tokens), lang)

    def target(self, lang: str) -> Words:
        """What was written, as figures take it."""
        return Words(tuple(guess.text for guess in self.trace.written), (), lang)

    def word(self, step: int) -> str:
        """A written word."""
        return self.trace.written[step].text

    @property
    def whole(self) -> str:
        """All of it as one writes it, without the end."""
        words = [guess.text for guess in self.raw.written if not guess.ends]
        said = computed.written(self.spec.task, words)
        return said if self.raw.finished else f"{said} …"


@dataclass(frozen=True)
class Given:
    """What there is to read.

    Attributes:
        task: whose input it is.
        tokens: the input as it was typed.
        hidden: the place, 0-based, of what the reader has hidden in it; None for nothing.
    """

    task: str
    tokens: Tokens
    hidden: int | None = None

    @property
    def hides(self) -> Literal["blank", "out"]:
        """What becomes of what is hidden: the unknown token is read where it was learned, else nothing."""
        return "blank" if self.task in KNOWN else "out"

    @property
    def read(self) -> Tokens:
        """What the networks read."""
        if self.hidden is None:
            return self.tokens
        instead = (UNKNOWN,) if self.hides == "blank" else ()
        return (*self.tokens[: self.hidden], *instead, *self.tokens[self.hidden + 1 :])


def given(view: View, task: str, typed: str) -> Given:
    """What was typed, and what the address hides of it.

    Raises:
        KiokuError: what was typed can't be read.
    """
    if task == "phrases" and cache.words(typed).cut:
        st.warning(text("ui.cut", view.lang, limit=MAX_TOKENS))
    tokens, hidden = computed.tokens(task, typed), view.state["blank"]
    if not isinstance(hidden, int):
        return Given(task, tokens)
    if hidden <= len(tokens) > 1:
        return Given(task, tokens, hidden - 1)
    st.warning(text("decoded.no_input", view.lang, given=hidden, inputs=len(tokens)))
    view.correct("blank", None)
    return Given(task, tokens)


def read(view: View, spec: TranslatorSpec, found: Given, head: int | None = None) -> Decoded:
    """Translate what is read, with the output that the address puts in another's place.

    Raises:
        KiokuError: what the network can't read, or weights that can't be loaded.
    """
    choose = forced(view)
    try:
        return decode(view, computed.translation(spec, found.read, choose), head)
    except KiokuError as error:
        if not choose:
            raise
        st.warning(markdown(error.text(view.lang)))
        return decode(view, computed.translation(spec, found.read), head)


def forced(view: View) -> computed.Choices:
    """The word that the reader has put in the place of another, and where."""
    step, token = view.state["force"], view.text("token")
    return ((step - 1, token),) if isinstance(step, int) and token else ()


def decode(view: View, raw: ModelTrace, head: int | None = None, step: int | None = None) -> Decoded:
    """Make a translation ready to be shown, at `step`, 0-based, or at that of the address."""
    head = head if raw.attention and raw.attention[0][LOOK].shape[1] > 1 else None
    shown, states, weights, context = memoized(arrays, raw, head)
    return Decoded(shown, raw, states, weights, context, _step(view, raw) if step is None else step, head)


def arrays(raw: ModelTrace, head: int | None) -> tuple[ModelTrace, Array, Array | None, Array | None]:
    """The named trace, what is mixed, where it looked, and what it mixed."""
    if not raw.attention:
        assert raw.source is not None
        memory = QUANTITIES.state(raw.layers.cell).key
        return named(raw), np.hstack([layer[memory] for layer in raw.source.layers.layers[0]]), None, None
    (layer,) = raw.attention
    states, context = attention_maps.mixed(layer["values"], layer["context"], head)
    return named(raw), states, attention_maps.seen(layer[LOOK], head), context


def weights_of(raw: ModelTrace, head: int | None) -> Array:
    """Where one head looked, or the mean of all, (T, S)."""
    return attention_maps.seen(raw.attention[0][LOOK], head)


def named(raw: ModelTrace) -> ModelTrace:
    """The trace with its marks named as readers see them: a sign for what begins and one for what ends it."""
    assert raw.source is not None
    outputs = tuple(END if ends else output for output, ends in zip(raw.outputs, raw.ends, strict=True))
    tokens = (replace(raw.tokens[0], text=BEGIN), *raw.tokens[1:])
    source = raw.source
    if raw.spec.task == "katakana":  # its letters stand between two marks; no letter looks like them
        first, *letters, last = source.tokens
        source = replace(source, tokens=(replace(first, text=BEGIN), *letters, replace(last, text=END)))
    elif raw.spec.task == "names":
        source = replace(source, tokens=tuple(read_aloud(token) for token in source.tokens))
    return replace(raw, outputs=outputs, tokens=tokens, source=source)


def _step(view: View, raw: ModelTrace) -> int:
    """The chosen step; the last one, if the address names none, or a later one, as another network may have."""
    asked = view.state["t"]
    return min(asked, len(raw)) - 1 if isinstance(asked, int) else len(raw) - 1


def remarks(view: View, shown: Decoded) -> None:
    """What there is to say of what was read and written."""
    _unknown(view, shown)
    if shown.spec.task == "phrases":
        assert shown.trace.source is not None
        glosses = {token.text: token.gloss for token in shown.trace.source.tokens if token.known}
        sentence.stem(view, glosses, glosses.__getitem__)
    if not shown.raw.finished:
        st.warning(text("decoded.cut", view.lang, length=len(shown.raw)))


def _unknown(view: View, shown: Decoded) -> None:
    assert shown.raw.source is not None
    strange = (token.text for token in shown.raw.source.tokens if not token.known and token.text != UNKNOWN)
    unknown = list(dict.fromkeys(strange))
    if unknown:
        said = text("ui.unknown", view.lang, words=text("ui.comma", view.lang).join(unknown))
        st.html(f'<p class="quiet" lang="{view.lang}">{plain(said)}</p>')


def pictures(view: View, shown: Decoded, above: str) -> None:
    """The map of all steps at once, under the HTML `above`; folded, what was expected at the chosen one."""
    if shown.weights is None:
        st.html(f'{above}<p class="lead" lang="{view.lang}">{plain(text("decoded.no_map", view.lang))}</p>')
    else:
        blocks.picture(view, attention_map(view, shown), above=above)
    folded = st.expander(text("decoded.numbers", view.lang), key="expected", on_change="rerun")
    if folded.open:
        with folded:
            blocks.picture(
                view, memoized(figures.next_word, shown.trace, shown.step, lang=view.lang, theme=view.theme, count=5)
            )


def attention_map(
    view: View, shown: Decoded, suffix: str = "", masked: NDArray[np.bool_] | None = None
) -> figures.Picture:
    """The map of the shown head, the chosen row outlined."""
    assert shown.weights is not None
    source, target = shown.source(view.lang), shown.target(view.lang)
    drawn = memoized(
        figures.attention_map,
        shown.weights,
        source,
        target,
        theme=view.theme,
        row=shown.step,
        masked=masked,
        head=head_name(view, shown),
        suffix=suffix,
    )
    return memoized(figures.with_cursor, drawn, shown.step, "row", view.theme)


def head_name(view: View, shown: Decoded) -> str:
    """What the shown head is called; "" where there is only one."""
    if shown.spec.heads <= 1:
        return ""
    if shown.head is None:
        return text("decoded.mean", view.lang, heads=shown.spec.heads)
    return text("decoded.head", view.lang, head=shown.head + 1)


def head_of(view: View) -> int | None:
    """The head that the address names, 0-based; None for the mean."""
    asked = view.state["head"]
    return asked - 1 if isinstance(asked, int) else None


def ending(shown: Decoded) -> tuple[str, ...]:
    """The network's own names of what ends an output."""
    return tuple(output for output, ends in zip(shown.raw.outputs, shown.raw.ends, strict=True) if ends)


def letters(shown: Decoded) -> tuple[str, ...]:
    """The source tokens as they are handed to the network: what frames them is its own."""
    assert shown.raw.source is not None
    tokens = tuple(token.text for token in shown.raw.source.tokens)
    return tokens[1:-1] if shown.spec.task == "katakana" else tokens


def result(view: View, shown: Decoded) -> str:
    """What was written as one writes it, and whether it is right, where the data knows it; as HTML."""
    lang = view.lang
    targets = computed.correct_targets(shown.spec.task, letters(shown))
    said = text("decoded.writes", lang, whole=glossed(shown.whole, lang))
    if targets:
        whole = [computed.written(shown.spec.task, target) for target in targets]
        good = shown.raw.finished and shown.whole in whole
        says = text("decoded.right" if good else "decoded.wrong", lang, right=text("ui.comma", lang).join(whole))
        said = text("figures.join", lang, first=said, second=says)
    return f'<p class="finding" lang="{lang}">{plain(said)}</p>'
