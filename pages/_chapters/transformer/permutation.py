"""The words are shuffled: what becomes of each state, with and without positions, with and without the mask."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages._chapters.transformer import computed
from pages._chapters.transformer.inputs import spec_of
from pages._ui import blocks, cache, controls, predict
from pages._ui.memo import memoized
from pages._ui.sentence import bubble, card
from pages._ui.words import formula, plain
from rnn_core import figures
from rnn_core.figures.captions import number, percent
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pages._ui.reading import Reading
    from pages._ui.shell import View
    from rnn_core.models.shuffle import Shuffled

WAYS = ((True, True), (True, False), (False, True), (False, False))  # positions, mask


def shuffle(view: View, reading: Reading) -> None:
    """The controls, the question, and the picture that answers it."""
    lang, tokens = view.lang, tuple(token.text for token in reading.trace.tokens)
    if len(tokens) < 2:
        st.html(f'<p class="quiet" lang="{lang}">{plain(text("transformer.one_word", lang))}</p>')
        return
    controls.number("turn", lang, width=140)
    places = computed.order(len(tokens), view.whole("turn", 1))
    _sentences(view, reading, places)
    answer = predict.ask(view, "transformer.predict_still", options(lang), "guess_permutation")
    if not answer.revealed:
        return
    found = [
        computed.shuffled(spec_of(view.state, positions=positions), tokens, places, causal)
        for positions, causal in WAYS
    ]
    if answer.guess:
        _judge(lang, answer.guess, found)
    glosses = tuple(token.gloss for token in reading.trace.tokens)
    moves = [memoized(computed.moves, one) for one in found]
    blocks.picture(view, memoized(figures.word_moves, moves, tokens, lang=lang, theme=view.theme, glosses=glosses))
    for said in (masked(found, tokens, lang), worth(view.whole("hidden", 0), lang)):
        st.html(f'<p class="lead" lang="{lang}">{formula(said)}</p>')
    predict.again(view, "guess_permutation")


def options(lang: str) -> dict[int, str]:
    """The ways of reading, by number."""
    return {
        number: text(
            "word_moves.name",
            lang,
            places=text(f"word_moves.{'placed' if positions else 'unplaced'}", lang),
            mask=text(f"word_moves.{'masked' if causal else 'open'}", lang),
        )
        for number, (positions, causal) in enumerate(WAYS, 1)
    }


def masked(found: Sequence[Shuffled], tokens: Sequence[str], lang: str) -> str:
    """What another last word does to the states before it, with the mask and without, as a sentence."""
    behind, open_ = (max(one.earlier for one in found if one.causal is causal) for causal in (True, False))
    key = "mask_holds" if behind == 0 else "mask_leaks"
    other = computed.replacement(tokens)
    return text(f"transformer.{key}", lang, other=other, behind=number(behind), open=number(open_))


def worth(width: int, lang: str) -> str:
    """How often the networks with and without positions, read with the mask, answer right, as a sentence."""

    def share(positions: bool) -> str:
        found = [percent(one, lang, 1) for one in sorted(computed.accuracies(width, positions))]
        key = "seeds" if len(found) > 1 else "seed"
        return text(f"transformer.{key}", lang, low=found[0], high=found[-1], count=len(found))

    return text("transformer.worth", lang, placed=share(True), unplaced=share(False))


def _judge(lang: str, guess: int, found: Sequence[Shuffled]) -> None:
    right = not found[guess - 1].moved.any()
    said = text(f"transformer.guessed_{'right' if right else 'wrong'}", lang, guess=options(lang)[guess])
    st.html(f'<p class="lead" lang="{lang}">{plain(said)}</p>')


def _sentences(view: View, reading: Reading, places: Sequence[int]) -> None:
    """The words in their new order, with what the networks with and without positions answer."""
    lang, tokens = view.lang, [reading.trace.tokens[place] for place in places]
    for positions in (True, False):
        trace = cache.trace(spec_of(view.state, positions=positions), tuple(token.text for token in tokens))
        name = text(f"word_moves.{'placed' if positions else 'unplaced'}", lang)
        cards = "".join(
            card(token, lang, moved=place != at) for at, (place, token) in enumerate(zip(places, tokens, strict=True))
        )
        st.html(
            f'<p class="quiet">{plain(name)}</p><ol class="reading cell-transformer" aria-label="{plain(name)}">'
            f"{cards}{bubble(trace.reply, lang)}</ol>"
        )
