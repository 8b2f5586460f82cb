"""The pictures of /compare: what every network has inside, what it looks back on, what it expects and what it costs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from pages._chapters.compare import computed, first_word, networks, small_multiples
from pages._ui import blocks, predict
from pages._ui.memo import memoized
from rnn_core import figures
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages._chapters.compare.networks import Runs, Sizes
    from pages._ui.shell import View
    from rnn_core.quantities import Cell


def states(view: View, runs: Runs) -> None:
    """The states of all networks on one scale, and each on its own."""
    layers = runs.layers
    drawn = {
        cell: figures.with_cursor(
            memoized(
                figures.heatmap,
                layer,
                networks.STATE,
                runs.words,
                compare=tuple(other for other in layers.values() if other is not layer),
                suffix=f"_{cell}",
                **view.style,
            ),
            runs.step,
            "column",
            view.theme,
        )
        for cell, layer in layers.items()
    }
    said, extents = networks.settled(view, runs), networks.extents(view, runs)
    title, method = text("compare.states", view.lang), text("compare.states_method", view.lang)
    above = blocks.part_said(view, "compare.inside")
    small_multiples.multiples(view, title, said, method, drawn, runs.specs, extents, above)
    small_multiples.alone(
        view,
        text("compare.alone", view.lang),
        text("compare.alone_method", view.lang),
        lambda: {
            cell: memoized(figures.heatmap, layer, networks.STATE, runs.words, suffix=f"_{cell}_alone", **view.style)
            for cell, layer in layers.items()
        },
        runs.specs,
    )


def persistence(view: View, runs: Runs) -> Sizes | None:
    """Which network remembers the first word for longest: the question, and once it is answered the picture.

    Returns:
        What the picture shows; None before.
    """
    answer = predict.ask(view, "compare.predict", first_word.options(view.lang), "guess_persistence")
    other = first_word.choose(view)
    if not answer.revealed:
        return None
    gaps, guess = first_word.gaps(runs, other), first_word.guessed(answer.guess)
    drawn = figures.perturbation(gaps, runs.words, other, guess=guess, glosses=runs.glosses, **view.style)
    blocks.picture(view, figures.with_cursor(drawn, runs.step, "line", view.theme))
    predict.again(view, "guess_persistence")
    return gaps


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
                **view.style,
            ),
            runs.step,
            "row",
            view.theme,
        )
        for cell, values in maps.items()
    }
    title, said = text("compare.influence", view.lang), networks.influence(view, runs, maps)
    above = blocks.part_said(view, "compare.back")
    small_multiples.multiples(view, title, said, drawn["rnn"].method, drawn, runs.specs, above=above)


def pull(view: View, runs: Runs, norms: Sizes, carried: Sizes) -> None:
    """How strongly the reply hangs on the states of each network, and how far back that reaches."""
    last = len(runs.words) - 1
    drawn = figures.gradient_norms(norms, runs.words, last, cell_states=carried, glosses=runs.glosses, **view.style)
    drawn = replace(
        drawn,
        title=text("compare.pull", view.lang),
        finding=networks.left(view, runs, norms) or drawn.finding,
        method=text("compare.pull_method", view.lang),
    )
    blocks.picture(view, figures.with_cursor(drawn, runs.step, "line", view.theme))
    networks.reach(view, norms)


def next_words(view: View, runs: Runs) -> None:
    """What each network expects after the chosen word."""
    room = max(figures.next_word_room(trace, runs.step, count=5, **view.style) for trace in runs.traces.values())
    drawn = {
        cell: replace(made, key=f"{made.key}_{cell}")
        for cell, trace in runs.traces.items()
        for made in (memoized(figures.next_word, trace, runs.step, count=5, room=room, **view.style),)
    }
    title, said = text("compare.next", view.lang), networks.expected(view, runs)
    above = blocks.part_said(view, "compare.says")
    small_multiples.multiples(view, title, said, drawn["rnn"].method, drawn, runs.specs, above=above)


def costs(view: View, runs: Runs, seconds: Mapping[Cell, float]) -> None:
    """How many numbers each network has learned, and how long it takes for this sentence."""
    left, right = st.columns(2, gap="large")
    with left:
        blocks.picture(view, figures.parameters_each(runs.counts, **view.style))
    with right:
        taken = {runs.specs[cell]: found for cell, found in seconds.items()}
        blocks.picture(view, figures.time_per_sentence(taken, len(runs.words), computed.TIMED, **view.style))
