"""What a network expects after a note: the most probable pitches, or the lengths, of the next one."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from rnn_core.figures.captions import percent
from rnn_core.figures.next_word import SCALE, draw_odds
from rnn_core.figures.picture import Legend, Picture
from rnn_core.messages import text
from rnn_core.models.model_trace import likeliest
from rnn_core.tasks.music.melodies import LENGTHS, PITCHES
from rnn_core.tasks.music.notation import pitch_name

if TYPE_CHECKING:
    from rnn_core.figures.theme import Theme
    from rnn_core.models.composing import Composed

SHOWN = 8


def next_note(composed: Composed, step: int, kind: Literal["pitch", "length"], *, lang: str, theme: Theme) -> Picture:
    """The most probable pitches or lengths after the note at a step, the most probable on top.

    Args:
        composed: the melody, and what the network computed of it.
        step: 0-based.
        kind: of which of both.
        lang: the reader's language.
        theme: light or dark, and how large.
    """
    row = (composed.drawn if kind == "pitch" else composed.drawn_length)[step]
    names = [text(f"melody.length.{length}", lang) for length in LENGTHS]
    if kind == "pitch":
        names = [*map(pitch_name, PITCHES), text("next_note.end", lang)]
    best = likeliest(row, tuple(names), (False,) * len(names), (), SHOWN)
    shown = row[[names.index(one.text) for one in best]]
    said = [(one.text, percent(one.probability, lang)) for one in best[:2]]
    return Picture(
        key=f"next_{kind}",
        figure=draw_odds(best, shown, lang, theme),
        title=text(f"next_note.{kind}", lang),
        finding=text(
            "next_note.finding",
            lang,
            note=pitch_name(composed.notes[step].pitch),
            **{"first": said[0][0], "share": said[0][1], "second": said[1][0], "other": said[1][1]},
        ),
        method=text(f"next_note.{kind}_method", lang, shown=SHOWN),
        legend=Legend("<i>p</i>", SCALE, "0", "1"),
        table=MappingProxyType(
            {text("figures.column.output", lang): tuple(names), text("figures.column.probability", lang): row}
        ),
    )
