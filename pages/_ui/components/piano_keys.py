"""Keys to play a few notes on, with a pointer or a computer's keyboard."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from pages._ui.components import packing
from pages._ui.components.assets import component
from pages._ui.components.place import heard
from rnn_core.messages import text
from rnn_core.tasks.music.melodies import BEAT, LENGTHS, MOST_GIVEN, PITCHES, Note
from rnn_core.tasks.music.notation import pitch_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from rnn_core.quantities import Recurrent

LETTERS = "awsedftgyhujkolp"  # of a keyboard of most countries, from the middle C on: its rows lie like a piano's keys
MIDDLE_C = 60
OFFERED = (BEAT // 2, BEAT, 2 * BEAT)
IDENTITY = "keys"
LABELS = ("keys", "length", "go", "undo", "clear", "empty", "played")

_render = component("piano_keys", "keyboard")


def piano_keys(
    lang: str, cell: Recurrent, *, key: str = "piano_keys", on_played_change: Callable[[tuple[Note, ...]], None]
) -> None:
    """Draw the keys.

    Args:
        lang: "ja" or "en".
        cell: in whose colour.
        key: the widget's key.
        on_played_change: called with what the reader has played and wants gone on with.
    """

    def played() -> None:
        if notes := read(heard(key, "played", IDENTITY).get("notes")):
            on_played_change(notes)

    _render(
        key=key,
        data={
            "id": IDENTITY,
            "cell": cell,
            "low": PITCHES[0],
            "high": PITCHES[-1],
            "names": [pitch_name(pitch) for pitch in PITCHES],
            "letters": {letter: MIDDLE_C + at for at, letter in enumerate(LETTERS)},
            "lengths": [{"sixteenths": one, "label": text(f"melody.length.{one}", lang)} for one in OFFERED],
            "beats": {str(one): f"{one / BEAT:g}" for one in OFFERED},
            "most": MOST_GIVEN,
            "text": packing.labels(lang, {name: f"piano_keys.{name}" for name in LABELS}),
        },
        default={"played": None},
        on_played_change=played,
    )


def read(said: object) -> tuple[Note, ...]:
    """The notes that a browser says were played; none where it says anything else.

    Example:
        >>> read([[60, 4], [62, 8]]), read([[60, 4], [5, 4]]), read("C4")
        ((Note(pitch=60, length=4), Note(pitch=62, length=8)), (), ())
    """
    if not isinstance(said, list) or len(said) > MOST_GIVEN:
        return ()
    pairs = [one for one in said if isinstance(one, list) and len(one) == 2]
    if len(pairs) < len(said) or not all(isinstance(number, int) for number in chain(*pairs)):
        return ()
    notes = tuple(Note(*one) for one in pairs)
    return notes if all(note.pitch in PITCHES and note.length in LENGTHS for note in notes) else ()
