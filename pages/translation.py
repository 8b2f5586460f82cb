"""Writing a word as it sounds: English in katakana by a network that others trained, and names in kanji in romaji."""

from pages._chapters.attention import decoded, search, studies
from pages._chapters.translation import evaluation
from pages._ui import blocks, controls, model_card, shell
from pages._ui.reading import wait
from pages._ui.shell import View
from rnn_core import runtime


def page(view: View) -> None:
    """Draw the chapter."""
    kana = view.state["network"] == "katakana"
    typed = "english" if kana else "kanji"
    blocks.question(view, blocks.lead_said(view))
    with blocks.control_row():
        controls.choice("network", view.lang)
        controls.sentence(typed, view.lang)
        if kana:
            controls.choice("head", view.lang)
    evaluation.examples(view, typed)

    asked = False
    with blocks.errors_shown(view):
        if not runtime.ready():
            wait(view.lang)
        asked = kana and not evaluation.ask(view)
        spec = evaluation.KATAKANA if kana else evaluation.KANJI
        shown = decoded.read(view, spec, view.text(typed), decoded.head_of(view) if kana else None)
        blocks.part(view, "translation.steps", decoded.result(view, shown))
        search.told(view, shown)
        decoded.player(view, shown)
        decoded.pictures(view, shown)
        if not kana:
            with blocks.errors_shown(view):
                evaluation.kanji(view)
        studies.study(view, shown)
        model_card.offer(view, [spec])

    if not asked:
        blocks.principle(view)


if __name__ == "__main__":
    shell.show(page)
