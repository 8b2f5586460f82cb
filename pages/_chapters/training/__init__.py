"""Train a network and watch it: what its gradient reaches while it learns, and what the settings change."""

from pages._ui.chapter import Chapter, Control, Form
from rnn_core.quantities import CELLS, MINIMAL
from rnn_core.training.lab.limits import LENGTHS, LIMITS, SEEDS

RATES = ("0.0001", "0.0002", "0.0005", "0.001", "0.002", "0.005", "0.01", "0.02", "0.05", "0.1", "0.2", "0.5", "1")
A_RATE = r"(?=.*[1-9])([0-9](\.[0-9]{1,6})?|10|[1-9](\.[0-9])?e-[1-6])"
# What a run is of, and on which its outcome depends.
SETTINGS = (
    *("task", "length", "cell", "hidden", "lr", "steps", "seed", "layers", "both", "act", "optimizer", "batch"),
    *("limit", "fbias", "start", "scale"),
)

CHAPTER = Chapter(
    name="training",
    section="training",
    order=65,
    holds=(
        Form("task", "adding", tuple(LENGTHS)),
        Form(
            "length",
            50,
            low=int(min(length.low for length in LENGTHS.values())),
            high=int(max(length.high for length in LENGTHS.values())),
            label="controls.lab.length",
            kind="number",
        ),
        Form("cell", "lstm", (*CELLS, *MINIMAL)),
        Form("hidden", 32, low=1, high=int(LIMITS["hidden"].high), label="controls.lab.hidden", kind="number"),
        Control("lr", "choice", "0.005", RATES, counted=True, pattern=A_RATE),
        Control("steps", "number", 1200, low=1, high=int(LIMITS["steps"].high)),
        "seed",
        Control("layers", "number", 1, low=1, high=int(LIMITS["layers"].high)),
        Control("both", "choice", "no", ("no", "yes")),
        "act",
        Control("optimizer", "choice", "adam", ("adam", "sgd", "rmsprop")),
        Control("batch", "number", 64, low=1, high=int(LIMITS["batch"].high)),
        Form("limit", 1.0, ("none",), low=0.01, high=int(LIMITS["clip"].high), label="controls.lab.limit"),
        Form("fbias", "own", ("own",), low=int(LIMITS["forget_bias"].low), high=int(LIMITS["forget_bias"].high)),
        "start",
        Control("scale", "real", 1.0, low=0, high=int(LIMITS["weight_scale"].high)),
        Form("guess", None, kind="text", asked_of=SETTINGS),
        Control("mode", "choice", "run", ("run", "compare", "sweep")),
        Control("run", "text", ""),
        Control("runs", "text", ""),
        Control("sweep", "text", "lr.length"),
        Control("repeat", "number", SEEDS, low=1, high=SEEDS),
        Control("points", "choice", "grid", ("grid", "random")),
        Control("update", "number", None, low=0, high=int(LIMITS["steps"].high)),
    ),
)
