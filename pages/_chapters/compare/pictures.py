"""The pictures of /compare: what every network has inside, what is left of its first word, what it says next."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from pages._chapters.compare import computed, first_word, networks, small_multiples
from pages._ui import blocks, controls, predict
from pages._ui.memo import memoized
from rnn_core import figures
from rnn_core.figures.words import Words
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages._chapters.compare.first_word import Change
    from pages._chapters.compare.networks import Runs, Sizes
    from pages._ui.shell import View
    from rnn_core.figures import Picture
    from rnn_core.quantities import Cell


def states(view: View, runs: Runs) -> None:
    """The states of all networks on one scale, and each on its own."""
    drawn = {
        cell: figures.with_cursor(picture, runs.step, "column", view.theme)
        for cell, picture in _maps(view, runs, shared=True).items()
    }
    said, notes = networks.settled(view, runs), networks.notes(view, runs)
    above = blocks.part_said(view, "compare.inside")
    small_multiples.multiples(view, text("compare.states", view.lang), said, drawn, runs.specs, notes, above)
    small_multiples.alone(
        view,
        text("compare.alone", view.lang),
        text("compare.alone_method", view.lang),
        lambda: _maps(view, runs, shared=False),
        runs.specs,
    )


def _maps(view: View, runs: Runs, *, shared: bool) -> Mapping[Cell, Picture]:
    """The states of each network, on one scale for all or on its own."""
    layers = runs.layers
    return {
        cell: memoized(
            figures.heatmap,
            layer,
            networks.STATE,
            runs.words,
            glosses=runs.glosses,
            compare=tuple(other for other in layers.values() if other is not layer) if shared else (),
            suffix=f"_{cell}" if shared else f"_{cell}_alone",
            **view.style,
        )
        for cell, layer in layers.items()
    }


def persistence(view: View, runs: Runs) -> Change | None:
    """In which network most is left of another first word: the question, and once it is answered the picture.

    Where it has no answer, since nothing changes or nothing follows, it is not asked.

    Returns:
        What changes; None before.
    """
    question = st.container()  # which depends on the word that is chosen below it
    other = first_word.choose(view)
    found = first_word.change(runs, other)
    with question:
        if len(runs.words) == 1 or not found.left:
            blocks.part(view, "compare.predict")
            answer = predict.Answer(revealed=True)
        else:
            answer = predict.ask(view, "compare.predict", first_word.options(view.lang), "guess_persistence")
    if not answer.revealed:
        return None
    guess = first_word.guessed(answer.guess)
    if guess is not None:
        st.html(first_word.verdict(view, found, guess))
    drawn = figures.perturbation(
        found.gaps, found.read, runs.words, other, guess=guess, glosses=runs.glosses, **view.style
    )
    blocks.picture(view, figures.with_cursor(drawn, runs.step, "line", view.theme))
    if guess is not None:
        predict.again(view, "guess_persistence")
    return found


def back(view: View, runs: Runs, norms: Sizes, carried: Sizes) -> None:
    """How far back each network depends on its input: the gradient of its reply, or the influence of each word."""
    blocks.part(view, "compare.back")
    controls.choice("measure", view.lang, label="collapsed")
    if view.state["measure"] == "influence":
        influence(view, runs)
    else:
        pull(view, runs, norms, carried)


def influence(view: View, runs: Runs) -> None:
    """Which word each state hangs on, in every network."""
    maps = {cell: computed.influence(spec, runs.words) for cell, spec in runs.specs.items()}
    drawn = {
        cell: figures.with_cursor(
            memoized(
                figures.influence_map,
                cell,
                values,
                runs.words,
                decades=networks.decades(len(runs.words)),
                direction=networks.READS.get(cell, 0),
                glosses=runs.glosses,
                **view.style,
            ),
            runs.step,
            "row",
            view.theme,
        )
        for cell, values in maps.items()
    }
    said = figures.influence_across(maps, runs.words, lang=view.lang, glosses=runs.glosses)
    small_multiples.multiples(view, text("compare.influence", view.lang), said, drawn, runs.specs)


def pull(view: View, runs: Runs, norms: Sizes, carried: Sizes) -> None:
    """How strongly the reply hangs on the states of each network."""
    last = len(runs.words) - 1
    drawn = figures.gradient_norms(norms, runs.words, last, cell_states=carried, glosses=runs.glosses, **view.style)
    drawn = replace(
        drawn,
        title=text("compare.pull", view.lang),
        finding=networks.left(norms, Words(runs.words, runs.glosses, view.lang)),
        method=text("compare.pull_method", view.lang),
    )
    blocks.picture(view, figures.with_cursor(drawn, runs.step, "line", view.theme))


def next_words(view: View, runs: Runs) -> None:
    """What each network expects after the chosen word: drawn where they differ, else said."""
    title, said = text("compare.next", view.lang), networks.expected(view, runs)
    above = blocks.part_said(view, "compare.says")
    if not networks.differ(runs):
        small_multiples.heading(view, title, said, above=above)
        return
    room = max(figures.next_word_room(trace, runs.step, count=5, **view.style) for trace in runs.traces.values())
    drawn = {
        cell: replace(made, key=f"{made.key}_{cell}")
        for cell, trace in runs.traces.items()
        for made in (memoized(figures.next_word, trace, runs.step, count=5, room=room, **view.style),)
    }
    small_multiples.multiples(view, title, said, drawn, runs.specs, above=above)
