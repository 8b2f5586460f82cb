"""A note for teachers at the end of a chapter, folded: what is to be expected, what is behind wrong answers, a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

import streamlit as st

from pages._ui import blocks, contents, opening
from pages._ui.address import serialize
from pages._ui.classroom import panel
from pages._ui.words import formula, plain
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pages._ui.classroom.ballot import Ballot
    from pages._ui.classroom.lesson import Lesson, Link
    from pages._ui.shell import View

STEPS = 5  # of the plan, two minutes each
LETTERS = "ABCDEFGHIJKL"


def note(view: View) -> None:
    """Offer the note, where the chapter has one; made when it is opened, so that the page gives nothing away."""
    found = contents.find_part(view.chapter, "vote")
    if found is not None:
        _note(view, found.LESSON)


def _note(view: View, lesson: Lesson) -> None:
    folded = st.expander(text("teach.open", view.lang), key="teach", on_change="rerun")
    if folded.open:
        with folded, blocks.errors_shown(view):
            asked = panel.find_ballot(view)
            st.html(written(view, lesson, asked))


def written(view: View, lesson: Lesson, asked: Ballot | None) -> str:
    """The note as HTML."""
    lang, name = view.lang, view.chapter.name
    title = text("teach.title", lang, chapter=text(f"{name}.title", lang))
    said = [
        f"<h2>{plain(title)}</h2>",
        *_question(view, lesson, asked),
        _part("teach.links", lang, "ul", (_link(view, link) for link in lesson.links)),
        _part("teach.plan", lang, "ol", (formula(one) for one in _plan(name, lang))),
        f'<p class="quiet">{plain(text("teach.print", lang))}</p>',
    ]
    return f'<section class="lesson" lang="{lang}">{"".join(said)}</section>'


def _question(view: View, lesson: Lesson, asked: Ballot | None) -> Iterable[str]:
    """The question with its answers, which one was measured, and what may be behind each of the others."""
    lang, name = view.lang, view.chapter.name
    if asked is None:
        yield f"<p>{plain(text('classroom.none', lang))}</p>"
        return
    options = "".join(f"<li>{plain(one)}</li>" for one in asked.options[lang])
    yield f'<h3>{plain(asked.question[lang])}</h3><ol class="answers">{options}</ol>'
    right = text("teach.expected", lang, letters=_letters(asked.right, lang))
    yield f"<p><strong>{plain(right)}</strong> {formula(asked.why[lang])}</p>"
    behind = (
        f"<strong>{plain(_letters(answers, lang))}</strong> {formula(text(f'teach.{name}.behind.{one}', lang))}"
        for one, answers in lesson.mistakes(asked).items()
    )
    yield _part("teach.behind", lang, "ul", behind)


def _letters(answers: Iterable[int], lang: str) -> str:
    return text("figures.list", lang).join(LETTERS[at] for at in answers)


def _plan(chapter: str, lang: str) -> list[str]:
    own = {part: text(f"teach.{chapter}.{part}", lang) for part in ("show", "close")}
    return [text(f"teach.step.{step}", lang, **own) for step in range(1, STEPS + 1)]


def _part(title: str, lang: str, kind: str, items: Iterable[str]) -> str:
    rows = "".join(f"<li>{item}</li>" for item in items)
    return f"<h3>{plain(text(title, lang))}</h3><{kind}>{rows}</{kind}>"


def _link(view: View, link: Link) -> str:
    """A state as a link that is also to be read on paper; guesses stay open in it."""
    sets = {key: value for key, value in link.sets.items() if not view.rows[key].is_guess}
    query = urlencode(serialize({"lang": view.lang, **sets}, ("lang", *sets)))
    here = urlsplit(st.context.url or "")._replace(query=query, fragment="").geturl()
    address = opening.for_others(here) or here
    return f'<a href="{plain(address)}">{plain(text(link.label, view.lang))}</a>'
