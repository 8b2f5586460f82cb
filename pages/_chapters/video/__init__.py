"""What comes next in a film: a digit that moves, what surprises a network about it, and a reader's own film."""

from pages._ui.chapter import Chapter, Control, FirstDrawing, Form, pinning
from rnn_core.tasks.video.clips import KINDS, PATH
from rnn_core.tasks.video.spec import FRAMES

CHAPTER = Chapter(
    name="video",
    section="uses",
    order=125,
    holds=(
        "cell",
        Control("motion", "choice", "bounce", KINDS),
        Control("image", "choice", 3, tuple(range(10)), counted=True),
        Control("path", "choice", None, pattern=PATH),
        Form("t", None, low=1, high=FRAMES, label="video.frame"),
        pinning("video"),
        Control(
            "guess_peak", "number", None, ("skip",), low=2, high=FRAMES, asked_of=("cell", "motion", "image", "path")
        ),
        Control("rolled", "number", 6, low=1, high=FRAMES - 1),
    ),
    opens=(("cell", "gru"),),
    first=FirstDrawing("video_frames", (("answer", "guess_peak"),)),
)
