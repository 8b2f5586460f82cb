"""Small talk from Japanese to English: 今日 は 天気 が 良い ね → the weather is nice today , isn't it ?

The sentences are those of the small talk, and the same again with their phrases in another order (`orders.py`), so that
where a word stands does not tell what it becomes. Its English is theirs, cut into tokens (`english.py`).
"""

from rnn_core.tasks.phrases.corpus import TASK, parts, source, target, tokens

__all__ = ["TASK", "parts", "source", "target", "tokens"]
