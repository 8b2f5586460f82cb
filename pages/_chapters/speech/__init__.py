"""A voice heard: where somebody speaks, what a network keeps of it in a pause, and which digit it was."""

from pages._chapters.uses.switches import WEIGHTS
from pages._ui.chapter import Chapter, Control, FirstDrawing, Form, pinning
from rnn_core.sound.clips import CLIPS

OWN = "own"  # the sound that a reader records or hands in
MOST_STEPS = 938  # of 32 ms: half a minute

CHAPTER = Chapter(
    name="speech",
    section="uses",
    order=110,
    holds=(
        Control("sound", "choice", "japanese", (*CLIPS, OWN)),
        Control("held", "choice", 1, (1, 0)),
        Form("t", None, low=1, high=MOST_STEPS),
        pinning("speech"),
        Control("threshold", "real", 0.5, low=0, high=1),
        Control("guess_held", "number", None, ("skip",), low=0, high=3, asked_of=("sound", "held")),
        "cell",
        Control("digit", "choice", 5, tuple(range(10)), counted=True),
        WEIGHTS,
        Control("guess_digits", "number", None, ("skip",), low=0, high=10, asked_of=("cell",)),
    ),
    opens=(("cell", "gru"),),
    first=FirstDrawing("speech", (("answer", "guess_held"), ("threshold", "threshold"))),
)
