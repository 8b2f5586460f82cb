"""A sentence goes in word by word, the state builds up, and the reply comes out."""

from pages._ui.chapter import Chapter, pinning

CHAPTER = Chapter(
    name="home",
    section="inside",
    order=10,
    holds=(
        "text",
        "cell",
        "hidden",
        "weights",
        "seed",
        "layer",
        "direction",
        "t",
        pinning("home"),
    ),
)
