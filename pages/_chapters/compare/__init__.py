"""One sentence, six networks, one scale: what each remembers, how far it looks back, what it answers and costs."""

from pages._ui.chapter import Chapter, Control
from rnn_core.lineup import NETWORKS

CHAPTER = Chapter(
    name="compare",
    section="why",
    order=50,
    holds=(
        "text",
        "hidden",
        "weights",
        "seed",
        "t",
        Control("fair", "choice", "units", ("units", "parameters")),
        Control("guess_persistence", "number", None, ("skip",), low=1, high=len(NETWORKS), next_sentence="skip"),
        Control("instead", "text", "昨日"),
    ),
    needs=("kinds",),
)
