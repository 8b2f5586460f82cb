"""Writing a word as it sounds: English in katakana by a network that others trained, and names in kanji in romaji."""

from pages._chapters.attention import STUDIES
from pages._ui.chapter import MAX_WRITTEN, Chapter, Control, Form, pinning

CHAPTER = Chapter(
    name="translation",
    section="attention",
    order=80,
    holds=(
        "into",
        Form("t", None, low=1, high=MAX_WRITTEN),
        pinning("translation"),
        *STUDIES,
        Control("network", "choice", "katakana", ("katakana", "kanji")),
        Control("english", "text", "tokyo", sentence=True),
        Control("kanji", "text", "美咲", sentence=True),
        "head",
        Control("guess_spelling", "number", None, ("skip",), low=1, high=4),
    ),
)
