"""The same words in another order: which networks notice, read a longer sentence, and depend on a distant word."""

from pages._chapters.order import arrangement, replacement
from pages._ui import blocks, cache, contrasts, controls, model_card, pin, shell
from pages._ui.reading import wait
from pages._ui.sentence import remarks
from pages._ui.shell import View
from rnn_core import figures, order, runtime


def page(view: View) -> None:
    """Draw the chapter."""
    blocks.question(view)
    with blocks.control_row():
        controls.sentence("text", view.lang)
        contrasts.row(view, arrangement.CONTRASTS, width="content")

    with blocks.errors_shown(view):
        if not runtime.ready():
            wait(view.lang)
        tokens, cut = arrangement.read(view)
        words, glosses = zip(*((token.text, token.gloss) for token in tokens), strict=True)
        places = arrangement.choose(view, len(words))
        answered = arrangement.draw(view, tokens, places)
        pin.below(view, arrangement.pinned)
        blocks.lead(view)
        remarks(view, tokens, cut, arrangement.outputs(words, places))
        if answered:
            arrangement.numbers(view, words, places)

        blocks.part(view, "order.reach")
        place, other = replacement.choose(view, tokens)
        moved = replacement.moved(words, other)
        blocks.picture(view, figures.reach(moved, words, place, other, glosses=glosses, **view.style))

        drawn = figures.parameters_by_length(cache.lengths(), len(words), **view.style)
        blocks.picture(view, drawn, above=blocks.part_said(view, "order.length"))

        if answered:  # both say who can tell one order from another
            drawn = figures.accuracy_by_model(*cache.order_scores(), **view.style)
            worth = blocks.part_said(view, "order.worth")
            blocks.picture(view, drawn, above=worth, below=blocks.principle_said(view))
        model_card.offer(view, order.NETWORKS)


if __name__ == "__main__":
    shell.show(page)
