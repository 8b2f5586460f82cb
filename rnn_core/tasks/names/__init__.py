"""Names in kana to romaji, one or several of them joined: は な こ ・ た ろ う → h a n a k o ␣ t a r o u.

Each name is easy, so all that makes it hard is how much must be remembered at once.
"""

from rnn_core.tasks.names.corpus import BEYOND, LEARNED, TASK, joined, parts, source, target, tokens

__all__ = ["BEYOND", "LEARNED", "TASK", "joined", "parts", "source", "target", "tokens"]
