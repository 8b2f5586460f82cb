"""One vector, then attention: what an encoder-decoder must squeeze into one state, and what looking back changes."""

from pages._ui.chapter import MAX_WRITTEN, Chapter, Control, Form, pinning

SENTENCE = "友達は店に先生と行ってパンを食べた"
STUDIES = ("study", "beam", "force", "token", "blank", "alter", "scope", "spot", "row")
"""The controls of what is tried on an encoder-decoder, here and on /translation."""

CHAPTER = Chapter(
    name="attention",
    section="attention",
    order=70,
    holds=(
        "text",
        "into",
        "task",
        Control("names", "text", "はなこ・たろう", sentence=True),
        Control("attention", "choice", "additive", ("none", "additive", "dot")),
        Form("hidden", 48, (24, 48)),
        Form("t", None, low=1, high=MAX_WRITTEN),
        pinning("attention"),
        Control("guess_accuracy", "text", "", asked_of=("task", "hidden")),
        *STUDIES,
    ),
    opens=(("text", SENTENCE), ("attention", "none")),
)
