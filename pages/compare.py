"""One sentence, six networks, one scale: what each remembers, how far it looks back, what it answers and costs."""

from pages._chapters.compare import first_word, networks, pictures, summary, times
from pages._ui import blocks, contrasts, controls, model_card, shell
from pages._ui.components import player
from pages._ui.sentence import examples
from pages._ui.shell import View


def page(view: View) -> None:
    """Draw the chapter."""
    blocks.question(view, blocks.lead_said(view))
    with blocks.control_row():
        controls.sentence("text", view.lang)
        controls.choice("fair", view.lang)
        controls.choice(networks.size_control(view), view.lang)
        blocks.more(view, "weights", "seed")
    examples(view)
    with blocks.errors_shown(view):
        contrasts.row(view, first_word.prepared())

    with blocks.errors_shown(view):
        runs = networks.read(view)
        networks.said(view, runs)
        player(view.lang, runs.traces["lstm"], step=runs.step + 1, follow=networks.MARKED, on_step_change=controls.rest)

        pictures.states(view, runs)
        change = pictures.persistence(view, runs)
        norms = None
        if change is not None:
            norms, carried = networks.pulls(runs)
            pictures.back(view, runs, norms, carried)
            pictures.next_words(view, runs)

        blocks.part(view, "compare.all")
        summary.table(view, runs, norms, change, times.measured(view, runs))
        networks.how(view)
        if change is not None:
            blocks.principle(view)
        model_card.offer(view, runs.specs.values())


if __name__ == "__main__":
    shell.show(page)
