"""Kaomoji: a curated list, out of a package whose raw entries are never shown, and the rule by which it is curated.

What a network writes is held to the same rule at every character. The data have words and drawings in them that do not
belong into a class, so the rule is narrow: signs that are in the list below and no others, no two different letters or
kana side by side, since they would spell something, and none of a few drawings.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from rnn_core.tasks.kaomoji.corpus import rows

LATIN, KANA = "oO0TxXvVmwuU", "ノﾉへヘシｼミﾐロﾛエェｪメﾒつ"
SIGNS = (
    "()[]{}<>|/\\_-^~=+*.,:;'\"`´!?@#°¯¨·•…‥′″‘’“”"
    "・･、。｡「」『』【】〈〉《》≪≫〔〕￣＿＾｀～〜ーｰゝゞヽヾ゛゜ﾞﾟっッｯ〃々〆"
    "○●◎◯◇◆□△▽▲▼☆★♪♫♡♥♬✧✿❀∀∇∂∈∋∑∞∠∥∧∨∩∪∴∵≡≦≧⊂⊃⊆⊇⊙⊥⌒─━│┃┌┏┐┓└┗┘┛├┣┤┫┬┳┴┻┼"
    "ωΩεΣσρΘθφΦψξДджёз×÷˘◕◡‿ᴗ⌣๑ཀ皿旦口彡三〓＊＋＜＞＠｜＼／￢☞☜⊿"
)
ALLOWED = frozenset(LATIN + KANA + SIGNS)
SPELT = re.compile(f"([{LATIN}])(?!\\1)[{LATIN}]|([{KANA}])(?!\\2)[{KANA}]")
DRAWN = re.compile(r"\([.･•。｡*●○◎°ﾟ゜@]\)\(|\([*×xωw]\)|⊂=|=⊃|[ρσ]=|\?\?\?")
SHORTEST, LONGEST, RAREST = 3, 20, 12  # characters; in how many texts each of them is at least
ONE_FOR_ANOTHER = str.maketrans("（）＝＿＾｀；：！？［］｛｝＋＊＜＞｜～・’‘“”　", "()=_^`;:!?[]{}+*<>|~･''\"\" ")


@cache
def texts() -> tuple[str, ...]:
    """The curated list, in the order of the data.

    Example:
        >>> "(^_^)" in texts(), all(map(is_shown, texts()))
        (True, True)
    """
    every = (plain(text) for text, _ in rows())
    curated = dict.fromkeys(text for text in every if SHORTEST <= len(text) <= LONGEST and is_shown(text))
    known = Counter(character for text in curated for character in set(text))
    return tuple(text for text in curated if all(known[character] >= RAREST for character in text))


def plain(text: str) -> str:
    """A kaomoji as the list has it: one sign for those that look alike, no gaps.

    Example:
        >>> plain("（ ＾_＾ ）")
        '(^_^)'
    """
    return "".join(text.translate(ONE_FOR_ANOTHER).split())


def is_shown(text: str) -> bool:
    """Whether a kaomoji, or the beginning of one, holds to the rule.

    Example:
        >>> [is_shown(text) for text in ("(^_^)", "(´ω`", "TxT", "(o_o)/", "hello")]
        [True, True, False, True, False]
    """
    return ALLOWED.issuperset(text) and not SPELT.search(text) and not DRAWN.search(text)


def characters(text: str) -> str:
    """Which characters it has: of two kaomoji that differ in their order or number alone, none teaches the other.

    Example:
        >>> characters("(^_^)") == characters("(_^^)")
        True
    """
    return "".join(sorted(set(text)))
