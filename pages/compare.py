"""One sentence, six networks, one scale: what each remembers, how far it looks back, what it answers and costs."""

from dataclasses import replace

import streamlit as st

from pages._chapters.compare import computed, first_word, networks, small_multiples, summary
from pages._ui import blocks, controls, predict
from pages._ui.components import player
from pages._ui.memo import memoized
from pages._ui.sentence import card, examples, remarks
from pages._ui.shell import current_view
from rnn_core import figures
from rnn_core.messages import text

view = current_view()
blocks.question(view)
blocks.lead(view)
with blocks.control_row():
    controls.sentence("text", view.lang)
    controls.choice("fair", view.lang)
    controls.choice("hidden", view.lang)
    blocks.more(view, "weights", "seed")
examples(view)
with blocks.errors_shown(view):
    first_word.contrast(view)

with blocks.errors_shown(view):
    runs = networks.read(view)
    style = {"lang": view.lang, "look": view.look}
    cards = "".join(card(token, view.lang) for token in runs.tokens)
    st.html(f'<ol class="reading" aria-label="{text("ui.reading", view.lang)}">{cards}</ol>')
    remarks(view, runs.tokens, runs.cut)
    networks.sizes(view, runs)
    player(view.lang, runs.traces["lstm"], step=runs.step + 1, follow=networks.MARKED, on_step_change=controls.rest)

    blocks.part(view, "compare.inside")
    layers = runs.layers
    states = {
        cell: figures.with_cursor(
            memoized(
                figures.heatmap,
                layer,
                networks.STATE,
                runs.words,
                compare=tuple(other for other in layers.values() if other is not layer),
                suffix=f"_{cell}",
                **style,
            ),
            runs.step,
            "column",
            view.look,
        )
        for cell, layer in layers.items()
    }
    small_multiples.multiples(
        view,
        text("compare.states", view.lang),
        networks.settled(view, runs),
        text("compare.states_method", view.lang),
        states,
        runs.specs,
        networks.extents(view, runs),
    )
    small_multiples.alone(
        view,
        text("compare.alone", view.lang),
        text("compare.alone_method", view.lang),
        lambda: {
            cell: memoized(figures.heatmap, layer, networks.STATE, runs.words, suffix=f"_{cell}_alone", **style)
            for cell, layer in layers.items()
        },
        runs.specs,
    )

    gaps = None
    answer = predict.ask(view, "compare.predict", first_word.options(view.lang), "lives")
    other = first_word.choose(view)
    if answer.revealed:
        gaps = first_word.gaps(runs, other)
        guess = first_word.guessed(answer.guess)
        lived = figures.perturbation(gaps, runs.words, other, guess=guess, glosses=runs.glosses, **style)
        blocks.picture(view, figures.with_cursor(lived, runs.step, "line", view.look))
        predict.again(view, "lives")

    blocks.part(view, "compare.back")
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
                **style,
            ),
            runs.step,
            "row",
            view.look,
        )
        for cell, values in maps.items()
    }
    small_multiples.multiples(
        view,
        text("compare.influence", view.lang),
        networks.influence(view, runs, maps),
        drawn["rnn"].method,
        drawn,
        runs.specs,
    )
    norms, carried = networks.pulls(runs)
    pulled = figures.gradient_norms(
        norms,
        runs.words,
        len(runs.words) - 1,
        cell_states=carried,
        glosses=runs.glosses,
        **style,
    )
    pulled = replace(
        pulled,
        title=text("compare.pull", view.lang),
        finding=networks.left(view, runs, norms) or pulled.finding,
        method=text("compare.pull_method", view.lang),
    )
    blocks.picture(view, figures.with_cursor(pulled, runs.step, "line", view.look))
    networks.reach(view, norms)

    blocks.part(view, "compare.says")
    room = max(figures.next_word_room(trace, runs.step, count=5, **style) for trace in runs.traces.values())
    expected = {
        cell: replace(made, key=f"{made.key}_{cell}")
        for cell, trace in runs.traces.items()
        for made in (memoized(figures.next_word, trace, runs.step, count=5, room=room, **style),)
    }
    small_multiples.multiples(
        view,
        text("compare.next", view.lang),
        networks.expected(view, runs),
        expected["rnn"].method,
        expected,
        runs.specs,
    )

    blocks.part(view, "compare.cost")
    seconds = {cell: computed.seconds(spec, runs.words) for cell, spec in runs.specs.items()}
    left, right = st.columns(2, gap="large")
    with left:
        blocks.picture(view, figures.parameters_each(runs.counts, **style))
    with right:
        taken = {runs.specs[cell]: found for cell, found in seconds.items()}
        blocks.picture(view, figures.time_per_sentence(taken, len(runs.words), computed.TIMED, **style))

    blocks.part(view, "compare.all")
    summary.table(view, runs, norms, gaps, seconds)
    blocks.principle(view)
