"""No recurrence: each word attends to those before it, all at once. What changes, what it gains, what it costs."""

from pages._ui.chapter import Chapter, Control, Form, pinning
from rnn_core.parallelism import LENGTHS

SCENES = ("read", "placed-masked", "placed-open", "unplaced-masked", "unplaced-open", "generate")  # of the drawing
CHAPTER = Chapter(
    name="transformer",
    section="attention",
    order=90,
    holds=(
        "text",
        "weights",
        "seed",
        "t",
        pinning("transformer"),
        Form("hidden", 32, (16, 32), label="transformer.hidden"),
        Control("positions", "choice", "added", ("added", "none")),
        Control("scene", "choice", "read", SCENES),
        Form("head", 3, (1, 2, 3, 4)),
        Control(
            "guess_permutation",
            "number",
            None,
            ("skip",),
            low=1,
            high=4,
            asked_of=("text", "weights", "seed", "hidden"),
        ),
        Control("guess_crossover", "number", None, ("skip",), low=1, high=len(LENGTHS) + 1),
        Control("guess_crossover_lstm", "number", None, ("skip",), low=1, high=len(LENGTHS) + 1),
    ),
    needs=("kinds",),
)
