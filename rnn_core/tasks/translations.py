"""The tasks of the encoder-decoders, by the name that the specs of their models use."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from rnn_core.tasks import kanji, names, phrases

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rnn_core.tasks.pairs import PairTask

TRANSLATIONS: Mapping[str, PairTask] = MappingProxyType(
    {task.name: task for task in (phrases.TASK, names.TASK, kanji.TASK)}
)
