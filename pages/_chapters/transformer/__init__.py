"""No recurrence: each word looks at those before it, all at once. What changes, what it buys, what it costs."""

from pages._ui.chapter import Chapter, Control, Form
from rnn_core.parallelism import LENGTHS

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
        Control("layer", "choice", 2, (1, 2)),
        Control("positions", "choice", "added", ("added", "none")),
        Control("turn", "number", 1, low=1, high=999),
        Control("guess_permutation", "number", None, ("skip",), low=1, high=4, next_sentence="skip"),
        Control("guess_crossover", "number", None, ("skip",), low=1, high=len(LENGTHS) + 1),
    ),
    needs=("kinds",),
)
