"""What comes next: temperatures with a fan, against what needs no network; prices; and a reader's own series."""

from pages._chapters.forecast.choices import GAINS, MOST_SLID, SHARES, VERDICTS
from pages._ui.chapter import Chapter, Control, FirstDrawing, Form, pinning
from rnn_core.tasks.forecast.split import AHEAD

CHAPTER = Chapter(
    name="forecast",
    section="uses",
    order=120,
    holds=(
        "cell",
        Control("month", "choice", 7, tuple(range(1, 13)), counted=True),
        Form("t", None, low=1, high=31, label="forecast.day"),
        pinning("forecast"),
        Control("guess_gain", "number", None, ("skip",), low=min(GAINS), high=max(GAINS), asked_of=("cell",)),
        Control("ahead", "choice", 1, tuple(range(1, AHEAD + 1)), counted=True),
        Control("share", "choice", "MSFT", SHARES, counted=True),
        Control("guess_share", "number", None, ("skip",), low=0, high=len(VERDICTS) - 1, asked_of=("share",)),
        Control("slide", "number", 0, low=0, high=MOST_SLID),
    ),
    opens=(("cell", "gru"),),
    first=FirstDrawing("forecast_days"),
)
