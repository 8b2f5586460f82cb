"""Writing a word as it sounds: English in katakana by a network that others trained, and names in kanji in romaji."""

from pages._chapters.attention import decoded, search, studies
from pages._chapters.translation import evaluation, settings, word
from pages._ui import blocks, model_card, pin, shell
from pages._ui.reading import wait
from pages._ui.shell import View
from rnn_core import runtime


def page(view: View) -> None:
    """Draw the chapter."""
    blocks.question(view)
    settings.choose(view, word.field(view))

    told = False
    with blocks.errors_shown(view):
        if not runtime.ready():
            wait(view.lang)
        drawn = word.draw(view)
        pin.below(view, word.draw)
        told = view.state["network"] != word.KATAKANA or view.state["guess_spelling"] is not None
        shown = drawn.shown
        search.undo(view, shown)
        blocks.lead(view)
        if drawn.told:  # else what stands below would tell
            decoded.remarks(view, shown)
            evaluation.worth(view, told=told)
            steps = blocks.part_said(view, "translation.steps")
            decoded.pictures(view, shown, steps + decoded.result(view, shown))
            studies.study(view, shown)
        model_card.offer(view, [drawn.spec])

    if told:
        blocks.principle(view)


if __name__ == "__main__":
    shell.show(page)
