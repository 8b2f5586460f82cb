"""What if the decoder saw something else: a word blanked out, attention held or moved, another word in the source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from pages._chapters.attention import computed, decoded
from pages._chapters.attention.aligned import Line, lines
from pages._ui import blocks, controls
from pages._ui.words import markdown, on_button, plain
from rnn_core import KiokuError, figures
from rnn_core.messages import text
from rnn_core.statistics import attention_maps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from pages._chapters.attention.decoded import Decoded
    from pages._ui.shell import View
    from rnn_core.models.model_trace import ModelTrace
    from rnn_core.translation.interventions import AttentionOverride

EDIT, PIN, BLANK = "edit", "pin", "blank"
NARROW = 320  # px of a field


@dataclass(frozen=True, eq=False)
class Altered:
    """What came of a change.

    Attributes:
        trace: the changed translation.
        overrides: what was overridden of attention.
        masked: (T, S), what was not to be seen; None where nothing was blanked out.
    """

    trace: ModelTrace
    overrides: tuple[AttentionOverride, ...] = ()
    masked: NDArray[np.bool_] | None = None


def study(view: View, shown: Decoded) -> Altered | None:
    """The controls of the change, then both outputs under each other and on one scale; what came of it."""
    spot = _choose(view, shown)
    if spot is None:
        st.html(f'<p class="quiet" lang="{view.lang}">{plain(text("decoded.choose", view.lang))}</p>')
        return None
    with blocks.errors_shown(view):
        altered = _altered(view, shown, spot)
        if altered is None:
            st.html(f'<p class="quiet" lang="{view.lang}">{plain(text("decoded.no_word", view.lang))}</p>')
            return None
        if any(override.normalised for override in altered.overrides):
            st.info(text("decoded.normalised", view.lang))
        _show(view, shown, altered)
        return altered
    return None


def _choose(view: View, shown: Decoded) -> int | None:
    """Draw the controls; the chosen source word, 0-based, None for none."""
    lang, tokens = view.lang, shown.source(view.lang).tokens
    with blocks.control_row("alter_row"):
        controls.choice("alter", lang)
        if view.state["alter"] != EDIT:
            controls.choice("scope", lang)
    asked = view.state["spot"]
    spot = asked if isinstance(asked, int) and asked <= len(tokens) else None
    controls.keep("spot", spot, tokens)
    st.pills(
        text("controls.spot.label", lang),
        list(range(1, len(tokens) + 1)),
        key="spot",
        format_func=lambda place: on_button(markdown(_label(tokens, place))),
        wrap=True,
    )
    if view.state["alter"] == PIN:
        controls.sentence("row", lang)
    elif view.state["alter"] == EDIT:
        controls.sentence("into", lang)
    if view.state["alter"] == PIN and view.text("row").strip():
        return spot or 0
    return None if spot is None else spot - 1


def _label(tokens: Sequence[str], place: int) -> str:
    """A word, with its place where it comes more than once: to Streamlit equal labels are one option."""
    word = tokens[place - 1]
    return word if tokens.count(word) == 1 else f"{word} ({place})"


def _altered(view: View, shown: Decoded, spot: int) -> Altered | None:
    """Translate again, with the change of the address; None where it does not say what to put there.

    Raises:
        KiokuError: what can't be changed so.
    """
    kind, choose = view.state["alter"], decoded.forced(view)
    letters = decoded.letters(shown)
    framed = len(shown.source(view.lang).tokens) > len(letters)
    if kind == EDIT:
        typed = view.text("into").strip()
        place = spot - framed
        if not typed or not 0 <= place < len(letters):
            return None
        new = computed.tokens(shown.spec.task, typed)
        changed = (*letters[:place], *new, *letters[place + 1 :])
        return Altered(computed.translation(shown.spec, changed))
    overrides = _overrides(view, shown, spot)
    trace = computed.changed(shown.spec, letters, choose, overrides)
    return Altered(trace, overrides, _masked(view, trace, shown.step, spot) if kind == BLANK else None)


def _overrides(view: View, shown: Decoded, spot: int) -> tuple[AttentionOverride, ...]:
    """A word that is not seen, a row of weights, or the network's own row with two weights exchanged."""
    from rnn_core.translation.interventions import AttentionOverride

    step = shown.step if view.state["scope"] == "step" else None
    if view.state["alter"] == BLANK:
        return (AttentionOverride(step=step, without=(spot,)),)
    if view.state["alter"] == PIN:
        return (AttentionOverride(step=step, row=_row(view.text("row"), spot, len(shown.source(view.lang).tokens))),)
    if not shown.raw.attention:  # the network itself says that it has none
        return (AttentionOverride(step=step, without=(spot,)),)
    looks = shown.raw.attention[0][decoded.LOOK]  # (T, K, S)
    steps = range(len(looks)) if step is None else (step,)
    return tuple(
        AttentionOverride(step=at, row=attention_maps.moved(looks[at, head], spot), head=head)
        for at in steps
        for head in range(looks.shape[1])
    )


def _row(typed: str, spot: int, positions: int) -> Sequence[float]:
    """The weights that were typed, or all of it on one word.

    Raises:
        KiokuError: something else than numbers.
    """
    given = typed.replace(",", " ").replace("、", " ").split()
    try:
        return [float(one) for one in given] or [float(place == spot) for place in range(positions)]
    except ValueError:
        raise KiokuError("attention_row", given=repr(given)) from None


def _masked(view: View, trace: ModelTrace, step: int, spot: int) -> NDArray[np.bool_]:
    """Where the word was not to be seen, (T, S)."""
    assert trace.source is not None
    masked = np.zeros((len(trace), len(trace.source)), bool)
    masked[slice(None) if view.state["scope"] == "all" else step, spot] = True
    return masked


def _show(view: View, shown: Decoded, altered: Altered) -> None:
    lang = view.lang
    after = decoded.decode(view, altered.trace, shown.head, step=min(shown.step, len(altered.trace) - 1))
    before_words, after_words = shown.target(lang).tokens, after.target(lang).tokens
    rows = [
        Line(text("output_change.before", lang), before_words),
        Line(text("output_change.after", lang), after_words),
    ]
    st.html(lines(view, rows, before_words))
    change = figures.output_change(
        shown.trace.probabilities[shown.step],
        after.trace.probabilities[after.step],
        shown.trace.outputs,
        lang=lang,
        theme=view.theme,
    )
    if after.weights is None:
        blocks.picture(view, change)
        return
    left, right = st.columns(2, gap="large")
    with left:
        blocks.picture(view, change)
    with right:
        blocks.picture(view, decoded.attention_map(view, after, "_changed", altered.masked))
