"""What if the decoder saw something else: an input that is edited, or attention that is masked, set or moved.

What is edited is another input: every state, every step and all networks answer again. What is changed of
attention leaves the encoder's states as they are, so those of the neighbours still hold what is masked.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
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
from rnn_core.statistics.edits import unmatched

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import TypeAlias

    from numpy.typing import NDArray

    from pages._chapters.attention.decoded import Decoded
    from pages._ui.shell import View
    from rnn_core.figures import Words
    from rnn_core.models.model_trace import ModelTrace
    from rnn_core.specs import TranslatorSpec
    from rnn_core.tasks.pairs import Tokens
    from rnn_core.translation.interventions import AttentionOverride

    Networks: TypeAlias = Mapping[str, TranslatorSpec]

EDIT, MASK, PIN = "edit", "mask", "pin"
NARROW = 320  # px of a field


@dataclass(frozen=True, eq=False)
class Altered:
    """What came of a change.

    Attributes:
        trace: the changed translation.
        overrides: what was overridden of attention.
        masked: (T, S), what was not to be seen; None where nothing was masked.
        source: the other input; None where it is the same.
    """

    trace: ModelTrace
    overrides: tuple[AttentionOverride, ...] = ()
    masked: NDArray[np.bool_] | None = None
    source: Tokens | None = None


def study(view: View, shown: Decoded, beside: Networks = MappingProxyType({})) -> Altered | None:
    """The controls of the change, then both outputs under each other and on one scale; what came of it.

    Args:
        view: the page.
        shown: the translation that is changed.
        beside: all networks that answer another input again, by what they are called; only the shown one if empty.
    """
    spot = _choose(view, shown)
    if spot is None:
        st.html(f'<p class="quiet" lang="{view.lang}">{plain(text("decoded.choose", view.lang))}</p>')
        return None
    with blocks.errors_shown(view):
        altered = _altered(view, shown, spot)
        if altered is None:
            st.html(f'<p class="quiet" lang="{view.lang}">{plain(text("decoded.choose", view.lang))}</p>')
            return None
        if any(override.normalised for override in altered.overrides):
            st.info(text("decoded.normalised", view.lang))
        said = _acts(view, shown, spot)
        st.html(f'<p class="quiet" lang="{view.lang}">{plain(said)}</p>{_outputs(view, shown, altered, beside)}')
        _show(view, shown, altered)
        return altered
    return None


def _choose(view: View, shown: Decoded) -> int | None:
    """Draw the controls; the chosen source word, 0-based, None for none."""
    lang, words = view.lang, shown.source(view.lang)
    tokens = words.tokens
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
        format_func=lambda place: on_button(markdown(_label(words, place))),
        wrap=True,
    )
    if view.state["alter"] == PIN:
        controls.sentence("row", lang)
    elif view.state["alter"] == EDIT:
        controls.sentence("into", lang)
    if view.state["alter"] == PIN and view.text("row").strip():
        return spot or 0
    return None if spot is None else spot - 1


def _label(words: Words, place: int) -> str:
    """A word with its gloss, and with its place where it comes more than once: to Streamlit equal labels are one."""
    word, gloss = words.tokens[place - 1], words.gloss(place - 1)
    named = f"{word} {gloss}" if gloss else word
    return named if words.tokens.count(word) == 1 else f"{named} ({place})"


def _altered(view: View, shown: Decoded, spot: int) -> Altered | None:
    """Translate again, with the change of the address; None where what is chosen is no input but a mark.

    Raises:
        KiokuError: what can't be changed so.
    """
    kind, choose = view.state["alter"], decoded.forced(view)
    letters = decoded.letters(shown)
    if kind == EDIT:
        place = spot - (len(shown.source(view.lang).tokens) > len(letters))  # what frames them is no input
        if not 0 <= place < len(letters):
            return None
        source = (*letters[:place], *_instead(view, shown.spec.task), *letters[place + 1 :])
        if not source:
            raise KiokuError("empty_text")
        return Altered(computed.translation(shown.spec, source), source=source)
    overrides = _overrides(view, shown, spot)
    trace = computed.changed(shown.spec, letters, choose, overrides)
    return Altered(trace, overrides, _masked(view, trace, shown.step, spot) if kind == MASK else None)


def _instead(view: View, task: str) -> Tokens:
    """What comes in the place of the chosen input; nothing where it is left out.

    Raises:
        KiokuError: what was typed can't be read.
    """
    typed = view.text("into").strip()
    return computed.tokens(task, typed) if typed else ()


def _acts(view: View, shown: Decoded, spot: int) -> str:
    """What the change acts on."""
    kind, lang = view.text("alter"), view.lang
    word = shown.source(lang).tokens[spot]
    if kind == EDIT:
        new = "".join(_instead(view, shown.spec.task))
        return text(f"decoded.acts.{EDIT if new else 'left_out'}", lang, word=word, new=new)
    steps = text(f"decoded.acts.{view.text('scope')}", lang, step=shown.step + 1)
    return text(f"decoded.acts.{kind}", lang, word=word, steps=steps)


def _outputs(view: View, shown: Decoded, altered: Altered, beside: Networks) -> str:
    """Before and after, of every network that answers again; what has no partner in the output before is marked."""
    if altered.source is None:
        return lines(view, _pair(view, "", shown.raw, altered.trace))
    source = decoded.letters(shown)
    rows: list[Line] = []
    for name, spec in (beside or {"": shown.spec}).items():
        rows += _pair(view, name, computed.translation(spec, source), computed.translation(spec, altered.source))
    return lines(view, rows)


def _pair(view: View, name: str, before: ModelTrace, after: ModelTrace) -> tuple[Line, Line]:
    lang = view.lang
    old, new = (tuple(guess.text for guess in decoded.named(trace).written) for trace in (before, after))
    count = len(unmatched(new, old)) + len(unmatched(old, new))
    said = text("decoded.differs", lang, count=count) if count else text("decoded.same", lang)
    named = [text(f"output_change.{side}", lang) for side in ("before", "after")]
    if name:
        named = [text("decoded.side", lang, network=name, side=side) for side in named]
    return Line(named[0], old), Line(named[1], new, said, against=old)


def _overrides(view: View, shown: Decoded, spot: int) -> tuple[AttentionOverride, ...]:
    """A word that is not seen, a row of weights, or the network's own row with two weights exchanged."""
    from rnn_core.translation.interventions import AttentionOverride

    step = shown.step if view.state["scope"] == "step" else None
    if view.state["alter"] == MASK:
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
