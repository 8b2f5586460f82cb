"""The claims that introductions to recurrent networks make, each with its measurement, its verdict and its source."""

from pages._ui.chapter import Chapter, Control
from rnn_core.claims.rows import CLAIMS

CHAPTER = Chapter(
    name="claims",
    section="claims",
    order=180,
    holds=(
        Control("claim", "number", None, low=1, high=len(CLAIMS), next_sentence=None),
        Control("guess_claims", "number", None, ("skip",), low=1, high=4),
        "hidden",
    ),
    opens=(("hidden", 64),),
)
