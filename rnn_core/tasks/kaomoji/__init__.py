"""Faces made of characters, and the six feelings that they show."""

from rnn_core.tasks.kaomoji.corpus import FEELINGS, MAX_LENGTH, Feeling, Kaomoji, Split, alphabet, faces, split
from rnn_core.tasks.kaomoji.presentable import curated, is_presentable

__all__ = [
    "FEELINGS",
    "MAX_LENGTH",
    "Feeling",
    "Kaomoji",
    "Split",
    "alphabet",
    "curated",
    "faces",
    "is_presentable",
    "split",
]
