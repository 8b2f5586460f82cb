"""Writing a word as it sounds: English in katakana by a network that others trained, and names in kanji in romaji."""

from pages._ui import blocks, controls, decoded, decoded_beam, decoded_study, translation_checked
from pages._ui.reading import wait
from pages._ui.shell import current_view
from rnn_core import runtime

view = current_view()
kana = view.state["network"] == "katakana"
typed = "english" if kana else "kanji"
blocks.question(view)
blocks.lead(view)
with blocks.control_row():
    controls.choice("network", view.lang)
    controls.sentence(typed, view.lang)
    if kana:
        controls.choice("head", view.lang)
translation_checked.examples(view, typed)

with blocks.errors_shown(view):
    if not runtime.ready():
        wait(view.lang)
    if kana:
        translation_checked.ask(view)
    spec = translation_checked.KATAKANA if kana else translation_checked.KANJI
    shown = decoded.read(view, spec, str(view.state[typed]), decoded.head_of(view) if kana else None)
    blocks.part(view, "translation.steps", decoded.result(view, shown))
    decoded_beam.told(view, shown)
    decoded.player(view, shown)
    decoded.pictures(view, shown)
    if not kana:
        with blocks.errors_shown(view):
            translation_checked.kanji(view)
    decoded_study.study(view, shown)

blocks.principle(view)
