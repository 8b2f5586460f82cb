"""The claims that introductions to recurrent networks make, each with its measurement, its verdict and its source."""

from pages._ui.chapter import Chapter, Control, Form

CHAPTER = Chapter(
    name="claims",
    section="claims",
    order=180,
    holds=(
        Control("guess_claims", "number", None, ("skip",), low=1, high=4),
        Form("hidden", 64, (8, 16, 32, 64)),
    ),
)
