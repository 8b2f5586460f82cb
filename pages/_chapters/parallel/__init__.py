"""Recurrence returns: how many rounds it takes without waiting for the word before, and at what price."""

from pages._ui.chapter import Chapter, Control

ASKED_OF = ("text", "cell", "hidden", "weights", "seed", "length")

CHAPTER = Chapter(
    name="parallel",
    section="attention",
    order=95,
    holds=(
        "text",
        "cell",
        "length",
        "hidden",
        "weights",
        "seed",
        Control("factor", "choice", 1, (0, 1, 2, 3, 6), counted=True),
        Control("clipping", "choice", "off", ("off", "on")),
        Control("round", "number", None, low=0, high=200, next_sentence=None),
        Control("guess_rounds", "number", None, ("skip",), low=1, high=4, asked_of=ASKED_OF),
        Control("stage", "number", None, low=0, high=8, next_sentence=None),
        Control("guess_stages", "number", None, ("skip",), low=1, high=8, asked_of=("text",)),
        Control("guess_law", "number", None, ("skip",), low=1, high=3),
        Control("guess_parity", "number", None, ("skip",), low=1, high=4),
    ),
    opens=(("cell", "gru"),),
)
