"""Kana in Latin letters, kana by kana, by the Hepburn romanisation: what a reader of English needs of a word in kana.

As it is spelled, not as it is heard: は is always ha, きょう is kyou, and ー, which lengthens a vowel, is that vowel.
"""

from __future__ import annotations

import re

TABLE = """
あ a い i う u え e お o か ka き ki く ku け ke こ ko さ sa し shi す su せ se そ so た ta ち chi つ tsu て te と to
な na に ni ぬ nu ね ne の no は ha ひ hi ふ fu へ he ほ ho ま ma み mi む mu め me も mo や ya ゆ yu よ yo
ら ra り ri る ru れ re ろ ro わ wa ゐ i ゑ e を o ん n が ga ぎ gi ぐ gu げ ge ご go ざ za じ ji ず zu ぜ ze ぞ zo
だ da ぢ ji づ zu で de ど do ば ba び bi ぶ bu べ be ぼ bo ぱ pa ぴ pi ぷ pu ぺ pe ぽ po ゔ vu
ぁ a ぃ i ぅ u ぇ e ぉ o ゃ ya ゅ yu ょ yo ゎ wa ゕ ka ゖ ke
"""
LETTERS = dict(re.findall(r"(\S) (\S+)", TABLE))
SMALL = {"ゃ": "a", "ゅ": "u", "ょ": "o", "ぁ": "a", "ぃ": "i", "ぅ": "u", "ぇ": "e", "ぉ": "o"}
DOUBLES, LENGTHENS = "っ", "ー"
KATAKANA, HIRAGANA = 0x30A1, 0x3041  # ァ and ぁ, from which on both scripts have the same order


def romanize(word: str) -> str:
    """A word of nothing but kana in Latin letters; "" for any other.

    A っ doubles the consonant after it (ch becomes tch); at the end of a word it is a t, since mostly た follows.

    Example:
        >>> [romanize(word) for word in ("てんき", "カタカナ", "きょう", "まっちゃ", "コーヒー", "だっ", "天き")]
        ['tenki', 'katakana', 'kyou', 'matcha', 'koohii', 'dat', '']
    """
    spelled = "".join(_hiragana(character) for character in word)
    written = ""
    for place, kana in enumerate(spelled):
        if kana == DOUBLES:
            written += DOUBLES
        elif kana == LENGTHENS:
            written += written[-1:] if written[-1:] in "aiueo" else ""
        elif kana in SMALL and place and (joined := _joined(written, kana)):
            written = joined
        elif kana in LETTERS:
            written += LETTERS[kana]
        else:
            return ""
    written = re.sub(r"っ(?=ch)|っ$", "t", written)
    return re.sub(r"っ(.?)", lambda found: found[1] * 2, written)


def _hiragana(character: str) -> str:
    """A katakana as the hiragana of the same sound; anything else as it is."""
    code = ord(character)
    return chr(code - KATAKANA + HIRAGANA) if KATAKANA <= code < KATAKANA + 86 else character


def _joined(written: str, small: str) -> str:
    """What is written, with a small kana made one with the syllable before it; "" where it makes none."""
    vowel = SMALL[small]
    if small in "ゃゅょ":
        for end, begins in (("shi", "sh"), ("chi", "ch"), ("ji", "j")):
            if written.endswith(end):
                return written[: -len(end)] + begins + vowel
        return written[:-1] + "y" + vowel if re.search(r"[kgnhbpmr]i$", written) else ""
    return written[:-1] + vowel if re.search(r"(f|v|ts|t|d|sh|ch|j)[aiueo]$", written) else ""
