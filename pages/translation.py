"""Writing a word as it sounds: English in katakana by a network that others trained, and names in kanji in romaji."""

from pages._chapters.attention import decoded, drawing, search, studies
from pages._chapters.translation import evaluation, settings
from pages._ui import blocks, model_card, shell
from pages._ui.reading import wait
from pages._ui.shell import View
from rnn_core import runtime


def page(view: View) -> None:
    """Draw the chapter."""
    kana = view.state["network"] == "katakana"
    blocks.question(view)
    typed = "english" if kana else "kanji"
    settings.choose(view, typed)

    told = False
    with blocks.errors_shown(view):
        if not runtime.ready():
            wait(view.lang)
        spec = evaluation.KATAKANA if kana else evaluation.KANJI
        found = decoded.given(view, spec.task, view.text(typed))
        asked = evaluation.question(view, found) if kana else None
        told = not kana or view.state["guess_spelling"] is not None
        shown = decoded.read(view, spec, found, decoded.head_of(view) if kana else None)
        drawing.draw(view, found, shown, [spec], guess="guess_spelling", length=len(found.read), question=asked)
        search.undo(view, shown)
        blocks.lead(view)
        if asked is None or told:  # what stands below would tell
            decoded.remarks(view, shown)
            evaluation.worth(view, told=told)
            blocks.part(view, "translation.steps", decoded.result(view, shown))
            decoded.pictures(view, shown)
            studies.study(view, shown)
        model_card.offer(view, [spec])

    if told:
        blocks.principle(view)


if __name__ == "__main__":
    shell.show(page)
