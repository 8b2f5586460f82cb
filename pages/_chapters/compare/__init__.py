"""One sentence, six networks: what each keeps of a changed first word, how far it looks back, what it answers."""

from pages._ui.chapter import Chapter, Control
from rnn_core.lineup import BUDGETS, NETWORKS

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
        Control("budget", "choice", min(BUDGETS), tuple(BUDGETS)),
        Control("instead", "text", "昨日"),
        Control(
            "guess_persistence",
            "number",
            None,
            ("skip",),
            low=1,
            high=len(NETWORKS),
            asked_of=("text", "instead", "fair", "hidden", "budget", "weights", "seed"),
        ),
    ),
    needs=("kinds_or_run",),
)
