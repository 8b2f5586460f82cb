"""No recurrence: each word attends to those before it, all at once. What changes, what it gains, what it costs."""

from pages._ui.chapter import Chapter, Control, Form
from rnn_core.parallelism import LENGTHS

SHUFFLED = ("text", "weights", "seed", "hidden", "turn")  # on which it depends what a shuffle changes
CHAPTER = Chapter(
    name="transformer",
    section="attention",
    order=90,
    holds=(
        "text",
        "weights",
        "seed",
        "t",
        Form("hidden", 32, (16, 32), label="transformer.hidden"),
        Form("layer", 2, (1, 2)),
        Control("positions", "choice", "added", ("added", "none")),
        Control("turn", "number", 1, low=1, high=999),
        Control("guess_permutation", "number", None, ("skip",), low=1, high=4, asked_of=SHUFFLED),
        Control("guess_crossover", "number", None, ("skip",), low=1, high=len(LENGTHS) + 1),
        Control("guess_crossover_lstm", "number", None, ("skip",), low=1, high=len(LENGTHS) + 1),
    ),
    needs=("kinds",),
)
