"""A real word segmenter that reads from both sides: what the characters to come add, and what is lost without them."""

from pages._ui.chapter import Chapter, Control, Form, pinning
from rnn_core.segmentation.tags import LATER, MAX_CHARACTERS, NEEDED, NEVER_RIGHT

CHAPTER = Chapter(
    name="bidirectional",
    section="why",
    order=60,
    holds=(
        "text",
        Control("later", "choice", "own", LATER),
        Control("lend", "text", NEVER_RIGHT),
        Control("guess_boundaries", "number", None, ("skip",), low=0, high=MAX_CHARACTERS, asked_of=("text",)),
        Form("t", None, low=1, high=MAX_CHARACTERS),
        pinning("bidirectional"),
    ),
    opens=(("text", NEEDED),),
)
