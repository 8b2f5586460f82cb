"""The tokens of one side of a translation and their numbers, with the four that are no words in front."""

from __future__ import annotations

from rnn_core.text.vocabulary import UNKNOWN, Vocabulary

SPECIALS = ("<pad>", UNKNOWN, "<begin>", "<end>")
PAD, UNKNOWN_ID, BEGIN, END = range(len(SPECIALS))


class Symbols(Vocabulary):
    """The tokens that one side of an encoder-decoder knows, each with its index; the first four are `SPECIALS`.

    Example:
        >>> symbols = Symbols(("ka", "na"))
        >>> symbols.encode(["na", "kana"]), len(symbols)
        ((5, 1), 6)
        >>> "na" in symbols, "<end>" in symbols
        (True, False)
    """

    specials = SPECIALS
