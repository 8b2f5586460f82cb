"""Replace or remove one word: the sentence that comes of it, and from where on the network knows of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages._chapters.cell import computed
from pages._ui import blocks, cache, controls
from pages._ui.memo import memoized
from pages._ui.network import spec_of
from pages._ui.words import formula, markdown, on_button, plain
from rnn_core import QUANTITIES, figures, runtime
from rnn_core.figures.words import TOKEN_LANGUAGE, Words, quoted
from rnn_core.messages import text
from rnn_core.statistics import comparison
from rnn_core.tasks import smalltalk
from rnn_core.text.tokenizer import MAX_TOKENS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pages._chapters.cell.selection import Chosen
    from pages._ui.reading import Reading
    from pages._ui.shell import View


def without(tokens: tuple[str, ...], step: int, instead: str) -> tuple[str, ...]:
    """The words with the one at `step` (0-based) replaced by the words of `instead`, or removed; cut at the limit.

    Raises:
        KiokuError: `instead` has no sign that can be read.

    Example:
        >>> without(("今日", "は", "暑い"), 1, "")
        ('今日', '暑い')
    """
    put = cache.words(instead).tokens if instead.strip() else ()
    return (*tokens[:step], *put, *tokens[step + 1 :])[:MAX_TOKENS]


def choose(view: View, seen: Chosen) -> int | None:
    """The controls of the edit. Returns the chosen word, 0-based, or None."""
    lang, asked, names = view.lang, view.state["edit"], seen.names(view.lang)
    if asked is not None and asked not in names:
        st.warning(text("edited.no_word", lang, given=asked, last=len(seen.tokens)))
        controls.correct("edit", None)
        asked = None
    with st.container(key="edit_row", horizontal=True, vertical_alignment="bottom"):
        controls.keep("edit", asked, seen.tokens)
        st.pills(
            text("controls.edit.label", lang),
            list(names),
            key="edit",
            wrap=True,
            format_func=lambda place: on_button(markdown(names[place])),
        )
        if asked is not None:
            controls.sentence("into", lang)
    return None if asked is None else int(asked) - 1


def _said(put: Sequence[str], lang: str) -> str:
    """What stands in the place of the word, as a sentence quotes it."""
    meant = "" if lang == TOKEN_LANGUAGE else " ".join(filter(None, map(smalltalk.gloss, put)))
    return quoted("".join(put), meant, lang)


def compare(view: View, reading: Reading, seen: Chosen, step: int) -> None:
    """What becomes of the reply and of the state when the word at `step` is another."""
    if not runtime.ready():
        return  # a page that is shown before torch is there runs again as soon as it is
    lang, instead = view.lang, view.text("into")
    words = tuple(token.text for token in reading.trace.tokens)
    place = step if reading.part.direction == 0 else len(words) - 1 - step
    after = without(words, place, instead)
    if not after:
        st.error(text("edited.nothing_left", lang))
        return
    other = cache.trace(spec_of(view.state), after)
    if other.distribution is not None:
        change = memoized(figures.reply_change, reading.trace, other, lang=lang)
        word = Words(seen.tokens, seen.glosses, lang).said(step)
        new = _said(after[place : place + len(after) - len(words) + 1], lang)
        said = (
            text("edited.replaced", lang, word=word, other=new, change=change)
            if instead.strip()
            else text("edited.removed", lang, word=word, change=change)
        )
        st.html(f'<p class="finding" lang="{lang}">{formula(said)}</p>')
    part = reading.part.layer, reading.part.direction
    shown = cache.shown(other, *part)
    before, changed = reading.shown.layer(), shown.layer()
    state = QUANTITIES.state(before.cell)
    blocks.picture(
        view,
        memoized(
            figures.difference,
            before,
            changed,
            state.key,
            seen.tokens,
            pairs=comparison.pairs(seen.tokens, tuple(token.text for token in shown.tokens)),
            glosses=seen.glosses,
            lang=lang,
            theme=view.theme,
            suffix="_edited",
        ),
    )
    if instead.strip():
        _carried(view, reading, seen, after, step)


def _carried(view: View, reading: Reading, seen: Chosen, after: tuple[str, ...], step: int) -> None:
    """Which state carries the word at `step`: states of the sentence, put into the one with the other word."""
    words = tuple(token.text for token in reading.trace.tokens)
    if reading.trace.distribution is None:
        _quiet(view, "edited.carried_readout")
        return
    if len(after) != len(words):
        _quiet(view, "edited.carried_length")
        return
    found = computed.find_carrying(spec_of(view.state), words, after, reading.part.layer, reading.part.direction)
    if found.restored is None:
        _quiet(view, "edited.carried_same")
        return
    drawn = memoized(
        figures.carried,
        found.restored if reading.part.direction == 0 else found.restored[::-1],
        found.groups,
        seen.tokens,
        of=step,
        shares=(found.clean, found.other),
        glosses=seen.glosses,
        **view.style,
    )
    blocks.picture(view, drawn)


def _quiet(view: View, message: str) -> None:
    st.html(f'<p class="quiet" lang="{view.lang}">{plain(text(message, view.lang))}</p>')
