"""One sentence, six networks: what each keeps of a changed first word, how far it looks back, what it answers."""

from pages._chapters.compare import drawing, first_word, networks, pictures, summary, times
from pages._ui import blocks, contrasts, controls, model_card, shell
from pages._ui.sentence import remarks
from pages._ui.shell import View


def page(view: View) -> None:
    """Draw the chapter."""
    blocks.question(view)
    with blocks.control_row():
        controls.sentence("text", view.lang)
        controls.sentence("instead", view.lang)
        controls.choice("fair", view.lang)
        controls.choice(networks.size_control(view), view.lang)
        blocks.more(view, "weights", "seed")
    with blocks.errors_shown(view):
        contrasts.row(view, first_word.prepared())

    with blocks.errors_shown(view):
        runs = networks.read(view)
        found = first_word.change(tuple(runs.specs.values()), runs.words, first_word.choose(view))
        measured = times.kept(runs)
        answered = drawing.draw(view, runs, found, measured)
        if answered:
            times.offer(view, measured)
        blocks.lead(view, "random" if view.state["weights"] == networks.RANDOM else "")
        remarks(view, runs.tokens, runs.cut, runs.outputs)
        networks.sizes(view, runs)
        summary.baselines(view)

        if answered:
            norms, carried = networks.pulls(runs)
            pictures.pull(view, runs, norms, carried)
            pictures.influence(view, runs)
            summary.table(view, runs, norms, found, measured)
        networks.how(view)
        if answered:
            blocks.principle(view)
        model_card.offer(view, runs.specs.values())


if __name__ == "__main__":
    shell.show(page)
