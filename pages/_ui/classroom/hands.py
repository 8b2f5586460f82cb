"""The teacher's side of a vote: opens it, sees how many have voted, closes it, and shows the class what came out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages._ui import blocks, contents, visitor
from pages._ui.classroom.link import offer_room
from pages._ui.classroom.rooms import HOURS, STEPS, VOTERS, shared_rooms
from pages._ui.words import markdown, plain
from rnn_core import KiokuError, figures
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pages._ui.classroom.ballot import Ballot
    from pages._ui.classroom.rooms import Room, Step
    from pages._ui.shell import View

REFUSED = "kioku_refused"  # why the last step was not possible
NEXT = "classroom_next"
LOOK_EVERY = 0.5  # seconds between two looks at the votes
LETTERS = "ABCDEFGHIJKL"


def vote(view: View, asked: Ballot | None) -> None:
    """A vote on this question, by phones or by hands.

    Args:
        view: the page.
        asked: what the page asks now; None where it has no question.
    """
    lang, room = view.lang, shared_rooms().owned(visitor.token())
    if refused := st.session_state.pop(REFUSED, None):
        st.warning(markdown(refused.text(lang)))
    if asked is None and room is None:
        said = "classroom.none" if contents.find_part(view.chapter, "vote") else "classroom.never"
        st.html(f'<p class="lead" lang="{lang}">{plain(text(said, lang))}</p>')
    elif room is not None and (asked in (None, room.ballot) or not st.toggle(_other(room, lang), key=NEXT)):
        _room(view, room)
    elif asked is not None:
        _begin(view, asked, room)


def _other(room: Room, lang: str) -> str:
    """That the page asks something else now than the room."""
    return markdown(text("classroom.next", lang, code=room.code))


def _begin(view: View, asked: Ballot, room: Room | None) -> None:
    """What would be asked, and the two ways of asking it."""
    lang = view.lang
    _question(view, asked)
    if room is None:
        st.button(text("classroom.start", lang), key="classroom_start", on_click=_open, args=(asked,))
    else:
        said = text("classroom.ask", lang, code=room.code)
        st.button(said, key="classroom_ask", on_click=_ask, args=(room, asked))
    if st.toggle(text("classroom.by_hand", lang), key="classroom_by_hand"):
        _by_hand(view, asked)
    st.html(f'<p class="quiet" lang="{lang}">{plain(text("classroom.privacy", lang, hours=HOURS))}</p>')


def _question(view: View, asked: Ballot) -> None:
    items = "".join(f"<li>{plain(one)}</li>" for one in asked.options[view.lang])
    said = plain(asked.question[view.lang])
    st.html(f'<h2 class="part" lang="{view.lang}">{said}</h2><ol class="answers" lang="{view.lang}">{items}</ol>')


def _by_hand(view: View, asked: Ballot) -> None:
    """Without a network: the counts as the teacher types them, and the picture when it is wanted."""
    turns = [text(f"classroom.turn.{turn}", view.lang) for turn in (1, 2)]
    counts: list[list[int]] = []
    for turn, (column, name) in enumerate(zip(st.columns(2), turns, strict=True)):
        with column:
            st.html(f'<p class="section" lang="{view.lang}">{plain(name)}</p>')
            counts.append(
                [
                    st.number_input(
                        markdown(f"{letter} {option}"),
                        0,
                        VOTERS,
                        key=f"classroom_{asked.chapter}_{turn}_{letter}",
                        step=1,
                    )
                    for letter, option in zip(LETTERS, asked.options[view.lang], strict=False)
                ]
            )
    if st.toggle(text("classroom.shown", view.lang), key="classroom_shown"):
        _picture(view, asked, counts if any(counts[1]) else counts[:1])


def _room(view: View, room: Room) -> None:
    """The room: how to enter it, how many have voted, and what can be done next; once revealed, the picture."""
    if room.phase == "revealed":
        _picture(view, room.ballot, shared_rooms().counts(room))
        _steps(view, room)
        return
    left, right = st.columns([2, 3], gap="large")
    with left:
        offer_room(view, room.code)
    with right:
        _question(view, room.ballot)
        blocks.alone(_live, LOOK_EVERY if room.phase == "open" else None)(view, room)
        _steps(view, room)


def _live(view: View, room: Room) -> None:
    """How many have voted, while they do so; for what they have, folded: the class may see this screen."""
    lang = view.lang
    *_, now = shared_rooms().counts(room)
    turn = text(f"classroom.turn.{room.turn - room.first + 1}", lang)
    count = text("classroom.count", lang, count=sum(now))
    phase = text(f"classroom.phase.{room.phase}", lang)
    said = f'<p class="votes"><strong>{plain(count)}</strong> <span>{plain(turn)}</span></p>'
    st.html(f'<div lang="{lang}">{said}<p class="quiet">{plain(phase)}</p></div>')
    folded = st.expander(text("classroom.split", lang), key="classroom_split", on_change="rerun")
    if folded.open:
        items = zip(room.ballot.options[lang], now, strict=True)
        rows = "".join(f"<li>{plain(option)}: <strong>{count}</strong></li>" for option, count in items)
        folded.html(f'<ol class="answers" lang="{lang}">{rows}</ol>')


def _steps(view: View, room: Room) -> None:
    """The buttons of what can follow."""
    steps = [step for step, (phases, _) in STEPS.items() if room.phase in phases]
    with st.container(horizontal=True, key="classroom_steps"):
        for step in steps:
            if step == "again" and not room.again:
                continue
            st.button(
                text(f"classroom.{step}", view.lang),
                key=f"classroom_{step}",
                on_click=_steer,
                args=(room, step),
            )
        st.button(text("classroom.end", view.lang), key="classroom_end", type="tertiary", on_click=_end, args=(room,))


def _picture(view: View, asked: Ballot, counts: Sequence[Sequence[int]]) -> None:
    """The votes and the measurement in one picture, under the question and above what was measured."""
    lang = view.lang
    question = f'<h2 class="part" lang="{lang}">{plain(asked.question[lang])}</h2>'
    why = f'<p class="lead" lang="{lang}">{plain(asked.why[lang])}</p>'
    drawn = figures.votes(asked.options[lang], counts, asked.right, **view.style)
    blocks.picture(view, drawn, above=question, below=why)


def _attempt(act: Callable[[], object]) -> None:
    """Do what a button asks; why it can't be done is said where the buttons are."""
    try:
        act()
    except KiokuError as error:
        st.session_state[REFUSED] = error


def _open(asked: Ballot) -> None:
    _attempt(lambda: shared_rooms().open_room(visitor.token(), visitor.place(), asked))


def _ask(room: Room, asked: Ballot) -> None:
    st.session_state[NEXT] = False
    _attempt(lambda: shared_rooms().ask(room.code, visitor.token(), asked))


def _steer(room: Room, step: Step) -> None:
    _attempt(lambda: shared_rooms().steer(room.code, visitor.token(), step))


def _end(room: Room) -> None:
    _attempt(lambda: shared_rooms().end(room.code, visitor.token()))
