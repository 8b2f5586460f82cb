"""The same words in another order: who notices, who can read a longer sentence, and who sees how far back."""

from pages._ui.chapter import Chapter, Control
from rnn_core import order
from rnn_core.text.tokenizer import MAX_TOKENS

CHAPTER = Chapter(
    name="order",
    section="why",
    order=30,
    holds=(
        "text",
        Control("first", "number", None, low=1, high=MAX_TOKENS, next_sentence=None),
        Control("second", "number", None, low=1, high=MAX_TOKENS, next_sentence=None),
        Control("guess_order", "number", None, ("skip",), low=1, high=5, next_sentence="skip"),
        Control("back", "number", None, low=0, high=MAX_TOKENS - 1, next_sentence=None),
        Control("other", "text", "猫"),
    ),
    opens=(("text", order.SENTENCE),),
)
