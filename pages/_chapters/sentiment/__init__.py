"""Good news or bad: the same sentence judged by one direction and by two, at each word and after the last one."""

from pages._ui.chapter import Chapter, Control
from rnn_core.tasks.sentiment import NEGATED
from rnn_core.text.tokenizer import MAX_TOKENS

CHAPTER = Chapter(
    name="sentiment",
    section="uses",
    order=100,
    holds=(
        "text",
        Control("guess_settled", "number", None, ("skip",), low=1, high=MAX_TOKENS, asked_of=("text",)),
    ),
    opens=(("text", NEGATED),),
)
