"""A few English words and how Japanese usually writes them, easy and hard ones: picked by hand, so no sample."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

USUAL: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "network": ("ネットワーク",),
        "computer": ("コンピューター", "コンピュータ"),
        "coffee": ("コーヒー",),
        "attention": ("アテンション",),
        "window": ("ウィンドウ", "ウインドウ"),
        "memory": ("メモリー", "メモリ"),
        "weather": ("ウェザー",),
        "chocolate": ("チョコレート",),
        "violin": ("バイオリン", "ヴァイオリン"),
        "kangaroo": ("カンガルー",),
        "schedule": ("スケジュール",),
        "receipt": ("レシート",),
        "knight": ("ナイト",),
        "yacht": ("ヨット",),
        "queue": ("キュー",),
        "colonel": ("カーネル",),
        "tokyo": ("トウキョウ", "トーキョー"),
        "kyoto": ("キョウト", "キョート"),
        "sushi": ("スシ",),
        "streamlit": ("ストリームリット",),
    }
)
"""Word → the spellings that count as right, the most usual one first."""
