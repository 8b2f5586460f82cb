"""The same words in another order: which networks notice, read a longer sentence, and depend on a distant word."""

from pages._ui.chapter import Chapter, Control, pinning
from rnn_core import order
from rnn_core.text.tokenizer import MAX_TOKENS

CHAPTER = Chapter(
    name="order",
    section="why",
    order=30,
    holds=(
        "text",
        "t",
        pinning("order"),
        Control("places", "text", "", next_sentence=""),
        Control("guess_order", "text", "", asked_of=("text", "places")),
        Control("back", "number", None, low=0, high=MAX_TOKENS - 1, next_sentence=None),
        Control("other", "text", "猫"),
    ),
    opens=(("text", order.SENTENCE),),
)
