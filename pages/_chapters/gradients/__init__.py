"""How far a gradient reaches back: vanishing and exploding gradients, what causes them, and what helps."""

from pages._ui.chapter import Chapter, Control, Form, pinning
from rnn_core.models.sentence_spec import MAX_RADIUS, MAX_WORDS
from rnn_core.quantities import CELLS, MINIMAL

# What the answer to the curve depends on: whose it is, it says itself; clipping comes after it.
ASKED_OF = (
    *("text", "cell", "length", "rho", "weights", "hidden", "seed", "act", "start", "fbias", "loss", "read", "unit"),
    *("layer", "direction"),
)

CHAPTER = Chapter(
    name="gradients",
    section="why",
    order=40,
    holds=(
        "text",
        Form("cell", "all", ("all", *MINIMAL)),
        "hidden",
        "weights",
        "seed",
        "layer",
        "direction",
        "unit",
        Form("t", None, low=1, high=MAX_WORDS),
        pinning("gradients"),
        "length",
        Control("rho", "real", "own", ("own",), high=MAX_RADIUS),
        "fbias",
        Control("theta", "real", "none", ("none",), low=1, high=100),
        "act",
        "start",
        Control("loss", "choice", "reply", ("reply", "word", "unit")),
        Control("read", "number", None, low=1, high=MAX_WORDS, next_sentence=None),
        Control("curve", "text", "", asked_of=ASKED_OF),
        Control("whose", "choice", "rnn", (*CELLS, *MINIMAL)),
        Control("guess_clipping", "number", None, ("skip",), low=1, high=5, asked_of=("clip", "limit")),
        Control("guess_cliff", "number", None, ("skip",), low=1, high=3, asked_of=("w0", "b0")),
        Control("part", "choice", "none", ("none", "norms", "influence", "eigenvalues", "shares", "cliff")),
        Control("clip", "choice", "norm", ("norm", "value")),
        "limit",
        Control("w0", "real", 2.25, low=1, high=3),
        Control("b0", "real", -0.4, low=-1, high=1),
        Control("cap", "real", 0.5, low=0, high=10),
    ),
)
