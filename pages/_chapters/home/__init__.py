"""A sentence goes in word by word, the state builds up, and the reply comes out."""

from pages._ui.chapter import Chapter, Form, pinning
from rnn_core.quantities import CELLS, MINIMAL

CHAPTER = Chapter(
    name="home",
    section="inside",
    order=10,
    holds=(
        "text",
        Form("cell", "lstm", (*CELLS, *MINIMAL), common=True),
        "hidden",
        "weights",
        "seed",
        "layer",
        "direction",
        "t",
        pinning("home"),
    ),
)
