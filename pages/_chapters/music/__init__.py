"""Melodies: a network goes on with one, note by note, and what it expects is seen as it sounds."""

from pages._ui.chapter import Chapter, Control, FirstDrawing, Form, pinning
from rnn_core.specs import MAX_SEED
from rnn_core.tasks.music.melodies import MOST_NOTES

OWN = "own"  # a beginning that the reader plays, writes or hands in
LINES = ("bwv245.26", "bwv244.44", "bwv278")
"""Held-out lines whose first phrase is a beginning."""

CHAPTER = Chapter(
    name="music",
    section="uses",
    order=130,
    holds=(
        Control("begins", "choice", LINES[0], (*LINES, OWN)),
        Control("melody", "text", "C5 D5 E5 G5:2", sentence=True),
        "cell",
        "temperature",
        Form("seed", 9, low=0, high=MAX_SEED, label="controls.draw_seed"),
        Form("t", None, low=1, high=MOST_NOTES),
        pinning("music"),
        Form("follows", "phrase_end", ("phrase_end", "phrase_left", "downbeat", "minor")),
        "clamped",
        Control("guess_unsure", "number", None, ("skip",), low=0, high=100, asked_of=("cell",)),
    ),
    first=FirstDrawing("melody_roll"),
)
