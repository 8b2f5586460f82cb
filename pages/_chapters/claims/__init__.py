"""The claims that introductions to recurrent networks make, each with its measurement, its verdict and its source."""

from pages._ui.chapter import Chapter, Control

CHAPTER = Chapter(
    name="claims",
    section="claims",
    order=180,
    holds=(
        Control("guess_claims", "number", None, ("skip",), low=1, high=4),
        "hidden",
    ),
    opens=(("hidden", 64),),
)
