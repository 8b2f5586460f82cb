"""One cell in depth: what its gates keep and write, and what changes when one is clamped."""

from pages._ui.chapter import Chapter, Control, Form, pinning
from rnn_core.quantities import CELLS, MINIMAL, QUANTITIES
from rnn_core.specs import MAX_HIDDEN
from rnn_core.text.tokenizer import MAX_TOKENS

KEYS = tuple(row.key for row in QUANTITIES.over_time)
CHAPTER = Chapter(
    name="cell",
    section="inside",
    order=20,
    holds=(
        "text",
        Form("cell", "lstm", (*CELLS, *MINIMAL), common=True),
        "hidden",
        "weights",
        "seed",
        "layer",
        "direction",
        "t",
        pinning("cell"),
        "unit",
        "quantity",
        Control("order", "choice", "training", ("training", "similar")),
        Control("chart", "choice", "map", ("map", "lines")),
        "guess",
        Control("hold", "choice", "none", ("none", *KEYS)),
        Control("value", "real", 0.0, low=-1, high=1),
        Control("at", "number", "all", ("all",), low=1, high=MAX_TOKENS, next_sentence="all"),
        Control("over", "number", "all", ("all",), low=1, high=MAX_HIDDEN),
        Control("edit", "number", None, low=1, high=MAX_TOKENS, next_sentence=None),
        "into",
    ),
)
