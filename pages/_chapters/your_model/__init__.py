"""A network from a file: what is in it, what it computes at each step, and where two of them differ."""

from pages._ui.chapter import Chapter, Control, Form
from rnn_core.own.limits import MOST_STEPS
from rnn_core.own.setup import PACKAGED
from rnn_core.specs import FILE, MAX_SEED

SHIPPED = tuple(f"file:{package}" for package in PACKAGED)
NONE = "none"
CHAPTER = Chapter(
    name="your_model",
    section="own",
    order=900,
    holds=(
        Form("weights", SHIPPED[0], SHIPPED, pattern=FILE, label="controls.network"),
        Control("feed", "choice", "sentence", ("sentence", "drawn", "own")),
        "text",
        Control("span", "number", 24, low=1, high=MOST_STEPS),
        Control("draw", "number", 0, low=0, high=MAX_SEED),
        Control("inputs", "choice", None, pattern=r"[0-9a-f]{16}"),
        Control("axis", "choice", "time", ("time", "batch")),
        Control("sequence", "number", 1, low=1, high=100_000),
        Control("module", "number", 1, low=1, high=999),
        "act",
        "layer",
        "direction",
        "quantity",
        "unit",
        Control("beside", "choice", NONE, (NONE, *SHIPPED), pattern=FILE),
    ),
)
