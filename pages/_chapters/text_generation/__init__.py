"""Writing on: names and kaomoji character by character, small talk word by word, and what each token is drawn from."""

from pages._chapters.uses import switches
from pages._ui.chapter import Chapter, Control, FirstDrawing, Form, pinning
from rnn_core.specs import MAX_SEED
from rnn_core.statistics.truncation import MAX_KEPT

BEGINS = {"given_names": "name_begins", "kaomoji": "face_begins", "smalltalk": "text"}
"""The control that holds the beginning of each task."""

CHAPTER = Chapter(
    name="text_generation",
    section="uses",
    order=97,
    holds=(
        Form("task", "given_names", tuple(BEGINS)),
        Control("name_begins", "text", "は", sentence=True),
        Control("face_begins", "text", "(", sentence=True),
        Form("text", "今日", label="controls.name_begins.label"),
        *switches.held((16, 64), 64),
        Control("way", "choice", "draw", ("draw", "beam")),
        "temperature",
        Control("top_k", "number", "all", ("all",), low=1, high=MAX_KEPT),
        Control("top_p", "real", 1.0, low=0, high=1),
        Form("seed", 0, low=0, high=MAX_SEED, label="controls.draw_seed"),
        "beam",
        "t",
        pinning("text_generation"),
        "follows",
        "clamped",
        Control("guess_new", "number", None, ("skip",), low=0, high=100, asked_of=("task", "cell", "hidden")),
    ),
    first=FirstDrawing("growing_text"),
)
