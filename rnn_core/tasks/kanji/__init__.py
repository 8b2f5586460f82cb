"""A given name in kanji to romaji: 花 子 → h a n a k o. Many are read in several ways; any listed reading counts."""

from rnn_core.tasks.kanji.corpus import TASK, parts, source, target, tokens

__all__ = ["TASK", "parts", "source", "target", "tokens"]
