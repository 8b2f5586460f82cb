"""One vector, then attention: what an encoder-decoder must squeeze into one state, and what looking back changes."""

from collections.abc import Sequence

from pages._chapters.attention import decoded, drawing, prediction, search, settings, studies, three_networks
from pages._chapters.attention.decoded import Decoded
from pages._ui import blocks, model_card, pin, shell
from pages._ui.components.question import Question
from pages._ui.reading import wait
from pages._ui.shell import View
from rnn_core import figures, runtime


def page(view: View) -> None:
    """Draw the chapter."""
    blocks.question(view)
    settings.choose(view)

    told = False
    with blocks.errors_shown(view):
        if not runtime.ready():
            wait(view.lang)
        counts = prediction.counted(view)
        asked = prediction.question(view, counts)
        told = asked.answer is not None
        shown, length = draw(view, counts, asked)
        pin.below(view, pinned)
        search.undo(view, shown)
        blocks.lead(view)
        decoded.remarks(view, shown)
        if told:
            prediction.measured(view, counts, asked, length)
        blocks.part(view, "attention.steps")
        decoded.pictures(view, shown)
        studies.study(view, shown, three_networks.networks(view))
        model_card.offer(view, three_networks.specs(view.state))

    if told:
        blocks.principle(view)


def draw(view: View, counts: Sequence[figures.Counts], asked: Question) -> tuple[Decoded, int]:
    """Draw the three networks with the input; the one that is drawn in full, and how long the input is."""
    found = decoded.given(view, view.text("task"), three_networks.typed(view.state))
    shown, length = decoded.read(view, three_networks.spec(view.state), found), prediction.length_of(view, found)
    drawing.draw(
        view,
        found,
        shown,
        three_networks.specs(view.state),
        guess="guess_accuracy",
        length=length,
        question=asked,
        counts=prediction.of_length(counts, length) if asked.answer is not None else {},
    )
    return shown, length


def pinned(view: View) -> None:
    """Draw them in a pinned state."""
    counts = prediction.counted(view)
    draw(view, counts, prediction.question(view, counts))


if __name__ == "__main__":
    shell.show(page)
