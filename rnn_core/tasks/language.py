"""The tasks whose networks read a sentence word by word, by the name that the specs of their models use."""

from __future__ import annotations

from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from rnn_core.errors import KiokuError
from rnn_core.tasks import feelings, smalltalk
from rnn_core.tasks.music import lines
from rnn_core.tasks.written import CORPORA

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from rnn_core.text.tokenizer import Tokenizer

TOKENIZERS: Mapping[str, Callable[[], Tokenizer]] = MappingProxyType(
    {
        "smalltalk": smalltalk.tokenizer,
        feelings.FACES: feelings.faces_tokenizer,
        feelings.SENTENCES: feelings.sentences_tokenizer,
        lines.TASK: lines.tokenizer,
    }
    | {name: partial(getattr, corpus, "tokenizer") for name, corpus in CORPORA.items()}
)


def find_tokenizer(task: str) -> Tokenizer:
    """How the networks of a task read, and what they can say.

    Raises:
        KiokuError: no such task.

    Example:
        >>> len(find_tokenizer("smalltalk").outputs) > 100
        True
    """
    if task not in TOKENIZERS:
        raise KiokuError("unknown_task", given=task, known=", ".join(TOKENIZERS))
    return TOKENIZERS[task]()
