"""The same words in another order: who notices, who can read a longer sentence, and who sees how far back."""

from pages._ui.chapter import Chapter, Control
from rnn_core import order
from rnn_core.text.tokenizer import MAX_TOKENS

FIRST, SECOND = (place + 1 for place in order.SWAP)
CHAPTER = Chapter(
    name="order",
    section="why",
    order=30,
    holds=(
        "text",
        Control("first", "number", FIRST, low=1, high=MAX_TOKENS, next_sentence=FIRST),
        Control("second", "number", SECOND, low=1, high=MAX_TOKENS, next_sentence=SECOND),
        Control("guess_order", "number", None, ("skip",), low=1, high=5, asked_of=("text", "first", "second")),
        Control("back", "number", None, low=0, high=MAX_TOKENS - 1, next_sentence=None),
        Control("other", "text", "猫"),
    ),
    opens=(("text", order.SENTENCE),),
)
