"""What the networks of /translation are worth: words checked one by one, and names by how many kanji they have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages._chapters.attention import computed
from pages._chapters.attention.aligned import Line, lines
from pages._chapters.attention.glosses import glossed
from pages._ui import blocks, controls, predict
from pages._ui.sentence import EXAMPLE
from pages._ui.words import plain
from rnn_core import figures
from rnn_core.messages import text
from rnn_core.specs import KATAKANA_HIDDEN, TranslatorSpec
from rnn_core.tasks.loanwords import USUAL

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages._ui.shell import View

ASKED = "tokyo"
SPELT: Mapping[int, str] = {1: "トウキョウ", 2: "トーキョー", 3: "トキオ", 4: "トクヨ"}
KATAKANA = TranslatorSpec(task="katakana", attention="dot", hidden=KATAKANA_HIDDEN)
KANJI = TranslatorSpec(task="kanji", attention="additive", hidden=64)
SIZE_OF = "kanji"


EXAMPLES: Mapping[str, tuple[str, ...]] = {
    "english": ("network", "attention", "queue", "yacht"),  # not the one that is asked for
    "kanji": ("美咲", "翔", "花子", "龍之介"),
}


def examples(view: View, key: str) -> None:
    """Words that are a click away."""
    st.pills(text("ui.examples", view.lang), EXAMPLES[key], key=EXAMPLE, on_change=_take, args=(key,), wrap=True)


def _take(key: str) -> None:
    if word := st.session_state[EXAMPLE]:
        st.session_state[key] = word
    st.session_state[EXAMPLE] = None


def spelling(word: str) -> str:
    """How the network writes an English word."""
    trace = computed.translation(KATAKANA, computed.tokens(KATAKANA.task, word))
    return "".join(guess.text for guess in trace.written if not guess.ends)


def ask(view: View) -> bool:
    """How will it write the city's name? Then all words that were checked; whether they are shown."""
    lang = view.lang
    options = {number: glossed(kana, lang) for number, kana in SPELT.items()}
    answer = predict.ask(view, "translation.predict", options, "guess_spelling")
    if not answer.revealed:
        return False
    written = {word: spelling(word) for word in USUAL}
    good = {word: found in USUAL[word] for word, found in written.items()}
    said = text("translation.checked", lang, right=sum(good.values()), all=len(good))
    shown = {word: glossed(found, lang) for word, found in written.items()}
    why = text("translation.becomes", lang, word=ASKED, written=shown[ASKED], usual=glossed(USUAL[ASKED][0], lang))
    if answer.guess is None:
        st.html(f'<p class="finding" lang="{lang}">{plain(why)}</p>')
    else:
        right = SPELT[answer.guess] == written[ASKED]
        st.html(predict.verdict_said(view, "right" if right else "wrong", why))
    wrong = [
        Line(
            word,
            (shown[word],),
            text("translation.usual", lang, word=glossed(USUAL[word][0], lang)),
            good=False,
        )
        for word in USUAL
        if not good[word]
    ]
    rest = text("ui.comma", lang).join(f"{word} {shown[word]}" for word in USUAL if good[word])
    well = f'<p class="quiet" lang="{lang}">{plain(text("translation.well", lang, words=rest))}</p>'
    st.html(f'<p class="finding" lang="{lang}">{plain(said)}</p>{lines(view, wrong)}{well}')
    predict.again(view, "guess_spelling")
    return True


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
