"""What networks learn to write character by character: Japanese given names in kana, and kaomoji."""

from rnn_core.tasks.written.corpus import CORPORA, END, START, Corpus, split_by_share

__all__ = ["CORPORA", "END", "START", "Corpus", "split_by_share"]
