"""What a text feels like: a network's answer after every token, what turns it, and where its state stands still."""

from pages._chapters.uses.switches import WEIGHTS
from pages._ui.chapter import Chapter, Control, FirstDrawing, pinning
from rnn_core.tasks.sentiment import NEGATED
from rnn_core.text.tokenizer import MAX_TOKENS

CHAPTER = Chapter(
    name="sentiment",
    section="uses",
    order=100,
    holds=(
        Control("reads", "choice", "sentences", ("sentences", "faces")),
        "text",
        Control("face", "text", "(≧∀≦)えへへ", sentence=True),
        "cell",
        WEIGHTS,
        "t",
        pinning("sentiment"),
        Control("taken", "choice", None, pattern=r"[a-z]{2,12}\.[a-z]{2,12}"),
        Control(
            "guess_settled",
            "number",
            None,
            ("skip",),
            low=1,
            high=MAX_TOKENS,
            asked_of=("reads", "text", "face", "cell", "weights"),
        ),
    ),
    opens=(("text", NEGATED),),
    first=FirstDrawing("feeling", (("answer", "guess_settled"),)),
)
