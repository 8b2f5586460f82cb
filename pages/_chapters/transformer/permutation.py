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
from rnn_core.statistics import intervals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pages._ui.predict import Verdict
    from pages._ui.reading import Reading
    from pages._ui.shell import View
    from rnn_core.models.shuffle import Shuffled

WAYS = ((True, True), (True, False), (False, True), (False, False))  # positions, mask


def shuffle(view: View, reading: Reading) -> bool:
    """The controls, the question, and the picture that answers it.

    Returns:
        Whether the question is answered, or can't be asked: before that nothing may give the answer away.
    """
    lang, tokens = view.lang, tuple(token.text for token in reading.trace.tokens)
    if len(tokens) < 2:
        st.html(f'<p class="quiet" lang="{lang}">{plain(text("transformer.one_word", lang))}</p>')
        return True
    controls.number("turn", lang, width=140)
    places = computed.order(len(tokens), view.whole("turn", 1))
    _sentences(view, reading, places)
    answer = predict.ask(view, "transformer.predict_still", options(lang), "guess_permutation")
    if not answer.revealed:
        return False
    found = [
        computed.shuffled(spec_of(view.state, positions=positions), tokens, places, causal)
        for positions, causal in WAYS
    ]
    if answer.guess:
        st.html(predict.verdict_said(view, *judged(answer.guess, found, lang)))
    style = {"lang": lang, "theme": view.theme, "glosses": tuple(token.gloss for token in reading.trace.tokens)}
    moves = [memoized(computed.moves, one) for one in found]
    guess = answer.guess and answer.guess - 1
    blocks.picture(view, memoized(figures.word_moves, moves, tokens, guess=guess, **style))
    width = view.whole("hidden", 0)
    for said in (masked(found, tokens, lang), worth(width, lang)):
        st.html(f'<p class="lead" lang="{lang}">{formula(said)}</p>')
    st.html(f'<p class="method" lang="{lang}">{formula(worth_method(width, lang))}</p>')
    predict.again(view, "guess_permutation")
    return True


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
    """How often the trained networks with and without positions, read with the mask, answer right, as a sentence."""

    def share(positions: bool) -> str:
        right, *_ = computed.correct(width, positions)
        (low,), (high,) = intervals.wilson([right], [computed.baselines().sentences])
        ends = {"low": percent(float(low), lang, 1), "high": percent(float(high), lang, 1)}
        return text("transformer.share", lang, share=percent(right / computed.baselines().sentences, lang, 1), **ends)

    return text("transformer.worth", lang, placed=share(True), unplaced=share(False))


def worth_method(width: int, lang: str) -> str:
    """On how many sentences, what others would get, and how far seeds of training differ, as sentences."""
    compared = computed.baselines()
    ends = {"majority": percent(compared.majority, lang, 1), "chance": percent(compared.chance, lang, 1)}
    said = text("transformer.worth_method", lang, sentences=f"{compared.sentences:,}", **ends)
    placed, unplaced = (
        [percent(right / compared.sentences, lang, 1) for right in sorted(computed.correct(width, positions))]
        for positions in (True, False)
    )
    if len(placed) == 1:
        return said
    spread = {"low": placed[0], "high": placed[-1], "least": unplaced[0], "most": unplaced[-1]}
    seeds = text("transformer.seeds_method", lang, count=len(placed), **spread)
    return text("figures.join", lang, first=said, second=seeds)


def judged(guess: int, found: Sequence[Shuffled], lang: str) -> tuple[Verdict, str]:
    """Whether nothing changes in the way that was guessed, and why; without positions and mask nothing ever does."""
    names, moved = options(lang), found[guess - 1].moved
    if not moved.any():
        return "right", text("transformer.still", lang, guess=names[guess])
    still = [names[at] for at, one in enumerate(found, 1) if not one.moved.any()]
    ways = text("figures.list", lang).join(text("figures.word", lang, word=name) for name in still)
    return "wrong", text(
        "transformer.not_still", lang, guess=names[guess], mean=number(float(moved.mean())), still=ways
    )


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
