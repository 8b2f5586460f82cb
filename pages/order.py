"""The same words in another order: who notices, who can read a longer sentence, and who sees how far back."""

from pages._chapters.order import replacement, word_order
from pages._ui import blocks, cache, controls, model_card, predict, shell
from pages._ui.reading import wait
from pages._ui.sentence import examples
from pages._ui.shell import View
from rnn_core import figures, order, runtime


def page(view: View) -> None:
    """Draw the chapter."""
    blocks.question(view, blocks.lead_said(view))
    with blocks.control_row():
        controls.sentence("text", view.lang)
    examples(view)

    with blocks.errors_shown(view):
        if not runtime.ready():
            wait(view.lang)
        tokens, cut = word_order.read(view)
        words, glosses = zip(*((token.text, token.gloss) for token in tokens), strict=True)
        swap = word_order.choose(view, words)
        word_order.spoken(view, tokens, swap, cut)
        word_order.refusal(view, len(words))
        if swap:
            answer = predict.ask(view, "order.predict", word_order.options(view.lang), "guess_order")
            if answer.revealed:
                found = word_order.contrasts(words, order.swapped(words, *swap))
                first, second = (word_order.quoted(tokens, place, view.lang) for place in swap)
                said = word_order.judged(answer.guess, found, view.lang)
                blocks.picture(view, figures.reply_order(found, (first, second), guess=said, **view.style))
                predict.again(view, "guess_order")

        drawn = figures.parameters_by_length(cache.lengths(), len(words), **view.style)
        blocks.picture(view, drawn, above=blocks.part_said(view, "order.length"))

        blocks.part(view, "order.reach")
        place, other = replacement.choose(view, words)
        moved = replacement.moved(words, other)
        blocks.picture(view, figures.reach(moved, words, place, other, glosses=glosses, **view.style))

        drawn = figures.accuracy_by_model(*cache.order_scores(), **view.style)
        blocks.picture(view, drawn, above=blocks.part_said(view, "order.worth"), below=blocks.principle_said(view))
        model_card.offer(view, order.NETWORKS)


if __name__ == "__main__":
    shell.show(page)
