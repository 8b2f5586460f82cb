"""Which faces may be shown to a class: not all of the data are for everyone, and generated ones may be anything.

A face is let through by what it is made of, never by what it lacks: a pair of brackets, eyes and a mouth of the
characters listed here, few arms and signs around them, and after it nothing but one of some harmless cries. Those of
the data that come through, about 1,700, have been read one by one.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from rnn_core.tasks.kaomoji.corpus import MAX_LENGTH, Kaomoji, faces

if TYPE_CHECKING:
    from collections.abc import Iterable

LEFT = "ヽヾ＼\\ヘoｏΣm☆♪!┗┌╮~～٩ε=。 "
RIGHT = "ノﾉゞシｼo！!♪☆~～…;；。zZ?？／/┛b٩۶彡ｏ "
INSIDE = (
    "*ー´_o^｀`！♪-;￣～。=/▽~；ェωＴT.ﾟ∀'’°´Дд皿ε><≧∇≦x○☆0@u人×︶◡‿ᴗ◕•｡･・⌒□口▼益◎Oω≡\"”＾´﹏︿╥ಠ╬ロﾛqQ#∩,ν"
    "＠＿＞＜＝－＊⁄◉﹃ヮΦ◇ёΘvoＯｏ "
)
NOSES = ("(エ)", "(ｪ)", "(ェ)")  # the only brackets within brackets
CRIES = """
    やぁ えへへ エヘヘ ニコ ニコニコ わーい わーいっ ワーイ シクシク えーん エーン うぇぇん よろしく ヨロシク
    ハッ ムカッ むっ ムッ プンプン ぷんぷん グスン ぐすん ポッ ぽっ てへ テヘ テヘッ ガーン がーん ｶﾞｰﾝ
    しょぼん ショボーン しょぼーん ふぁ・・ ふぁ フッ フゥ ねむい オヤスミ おやすみ ハーイ はーい ﾊｰｲ わぁーい
    えっ え えぇ ええっ なぬ なにー ナニー うっそ うそ トホホ とほほ イエイ キャッ きゃっ うん ほー まったりー
    おーい おーーーい ばーい マタネ またね あ もー うぅ うー ハウー はうー ぐぅ ぐー スヤスヤ うとうと わはは
    ワハハ ぷぅ ぷー うまーい うまい おっす～ お～い
"""


def _any_of(choices: Iterable[str]) -> str:
    return "|".join(re.escape(choice) for choice in sorted(choices, key=len, reverse=True))


FACE = re.compile(
    f"[{re.escape(LEFT)}]{{0,3}}[(（](?=\\s*\\S\\s*[^)）\\s])(?:[{re.escape(INSIDE)}]|{_any_of(NOSES)}){{2,9}}[)）]"
    f"[{re.escape(RIGHT)}]{{0,3}}(?:{_any_of(CRIES.split())})?[!！♪～・っー]{{0,3}}"
)


def is_presentable(text: str) -> bool:
    """Whether a face may be shown.

    Example:
        >>> is_presentable("ヽ(^▽^)ノ"), is_presentable("(*’ω’*)エヘヘ"), is_presentable("凸(-_-)")
        (True, True, False)
    """
    return len(text) <= MAX_LENGTH and FACE.fullmatch(text) is not None


@cache
def curated() -> tuple[Kaomoji, ...]:
    """The faces of the data that may be shown."""
    return tuple(face for face in faces() if is_presentable(face.text))
