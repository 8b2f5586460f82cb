"""What the networks of /translation are worth: words checked one by one, and names by how many kanji they have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._chapters.attention import computed
from pages._chapters.attention.aligned import Line, lines
from pages._chapters.attention.glosses import glossed
from pages._ui import blocks, controls
from pages._ui.components.question import Question
from pages._ui.words import plain
from rnn_core import figures
from rnn_core.messages import text
from rnn_core.specs import KATAKANA_HIDDEN, TranslatorSpec
from rnn_core.tasks.loanwords import USUAL

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages._chapters.attention.decoded import Given
    from pages._ui.predict import Verdict
    from pages._ui.shell import View

ASKED = "tokyo"
SPELT: Mapping[int, str] = {1: "トウキョウ", 2: "トーキョー", 3: "トキオ", 4: "トクヨ"}
KATAKANA = TranslatorSpec(task="katakana", attention="dot", hidden=KATAKANA_HIDDEN)
KANJI = TranslatorSpec(task="kanji", attention="additive", hidden=64)
SIZE_OF = "kanji"


def spelling(word: str) -> str:
    """How the network writes an English word."""
    trace = computed.translation(KATAKANA, computed.tokens(KATAKANA.task, word))
    return "".join(guess.text for guess in trace.written if not guess.ends)


def question(view: View, found: Given) -> Question | None:
    """How will it write the city's name? Asked in the drawing of that word."""
    if "".join(found.read).lower() != ASKED:
        return None
    lang, said = view.lang, view.state["guess_spelling"]
    written = spelling(ASKED)
    why = text(
        "translation.becomes",
        lang,
        word=ASKED,
        written=glossed(written, lang),
        usual=glossed(USUAL[ASKED][0], lang),
    )
    judged: tuple[Verdict, str] | None = None
    if isinstance(said, int):
        judged = ("right" if SPELT[said] == written else "wrong", why)
    return Question(
        text("translation.predict", lang),
        said if isinstance(said, int | str) else None,
        options=tuple((number, glossed(kana, lang)) for number, kana in SPELT.items()),
        verdict=judged,
    )


def worth(view: View, *, told: bool) -> None:
    """How often the shown network is right: of hand-picked words, once the guess is made, or of held-out names."""
    if view.state["network"] != "katakana":
        kanji(view)
    elif told:
        checked(view)


def checked(view: View) -> None:
    """All words that were checked: those that are not written as usual with what is, then the others."""
    lang = view.lang
    written = {word: spelling(word) for word in USUAL}
    shown = {word: glossed(found, lang) for word, found in written.items()}
    good = [word for word, found in written.items() if found in USUAL[word]]
    wrong = [
        Line(
            word,
            (shown[word],),
            text("translation.usual", lang, word=glossed(USUAL[word][0], lang)),
            good=False,
        )
        for word in USUAL
        if word not in good
    ]
    said = text("translation.checked", lang, right=len(good), all=len(USUAL))
    rest = text("ui.comma", lang).join(f"{word} {shown[word]}" for word in good)
    well = f'<p class="quiet" lang="{lang}">{plain(text("translation.well", lang, words=rest))}</p>'
    blocks.part(
        view, "translation.words", f'<p class="finding" lang="{lang}">{plain(said)}</p>{lines(view, wrong)}{well}'
    )


def kanji(view: View) -> None:
    """How often a name in kanji is read right, by how many kanji it has, with attention and without."""
    lang, spec = view.lang, KANJI
    rows = [
        computed.counts(
            spec.model_copy(update={"attention": kind}), SIZE_OF, controls.option_name("attention", kind, lang), style
        )
        for style, kind in ((1, "additive"), (0, "none"))
    ]
    source = computed.tokens(spec.task, view.text("kanji"))
    chosen = computed.size(spec.task, source, spec.task, SIZE_OF)
    blocks.part(view, "translation.fails")
    blocks.picture(view, figures.accuracy_by_kanji(rows, lang=lang, theme=view.theme, chosen=chosen))
