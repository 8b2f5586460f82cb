"""What a text feels like: a network's answer after every token, what turns it, and where its state stands still."""

from pages._chapters.sentiment import computed, drawing, inputs, judged, worth
from pages._chapters.uses import networks, training
from pages._ui import blocks, contrasts, controls, first_drawing, model_card, pin, shell
from pages._ui.memo import memoized
from pages._ui.sentence import remarks
from pages._ui.shell import View
from rnn_core import figures
from rnn_core.tasks import feelings
from rnn_core.tasks.sentiment import SHIPPED


def page(view: View) -> None:
    """Draw the chapter."""
    blocks.question(view)
    with blocks.control_row():
        if networks.is_run(view):
            networks.back(view)
            controls.sentence(inputs.field(view), view.lang)
        else:
            controls.choice("reads", view.lang)
            controls.sentence(inputs.field(view), view.lang)
            controls.choice("cell", view.lang)
        contrasts.row(view, inputs.contrasts(view), width="content")

    with blocks.errors_shown(view):
        if first_drawing.stands(view):
            return
        found = inputs.read(view)
        answered = drawing.draw(view, found)
        pin.below(view, drawing.pinned)
        blocks.lead(view)
        remarks(view, found.reading.trace.tokens, found.cut, by=inputs.PIECES[found.spec.task])
        if answered:
            blocks.part(view, "sentiment.turned")
            blocks.picture(view, memoized(figures.turning, found.reading, **view.style))

            blocks.part(view, "sentiment.still")
            plane = computed.looked(found.spec).plane
            left_out = computed.without(found.spec, found.words, found.turned_by(view.state["t"]))
            paths = computed.path(found.spec, found.words), left_out
            kind = computed.judged(found.spec)
            blocks.picture(view, memoized(figures.state_plane, found.reading, *paths, plane, kind, **view.style))

        worth.shown(view, found, inputs.field(view))
        if found.spec.task == feelings.SENTENCES:
            judged.folded(view)
        if answered:
            blocks.principle(view)
        model_card.offer(view, (found.spec, *(SHIPPED if found.spec.task == feelings.SENTENCES else ())))
        training.offer(view, found.spec.task)


if __name__ == "__main__":
    shell.show(page)
