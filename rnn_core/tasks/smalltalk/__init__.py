"""Small talk in Japanese: somebody says a sentence, a friend answers.

A grammar makes the sentences, so that the answer is known, so that everything about a sentence can be said in English
too, and so that combinations can be kept back that no network has learned. Where things stand: the words in `words.py`;
one pattern a file (`weather.py`, `feelings.py`, …) with the table of its replies on top; their English in `glosses.py`;
the whole in `corpus.py`.
"""

from rnn_core.tasks.smalltalk.corpus import (
    ARTICLE,
    Split,
    examples,
    gloss,
    outputs,
    replies,
    right_reply,
    split,
    tokenizer,
    vocabulary,
)
from rnn_core.tasks.smalltalk.sentences import Example, Sentiment

__all__ = [
    "ARTICLE",
    "Example",
    "Sentiment",
    "Split",
    "examples",
    "gloss",
    "outputs",
    "replies",
    "right_reply",
    "split",
    "tokenizer",
    "vocabulary",
]
