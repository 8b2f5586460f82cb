"""The knobs of /attention, and the settings of them that are a click away."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from pages._chapters.attention import SENTENCE
from pages._ui import blocks, contrasts, controls
from pages._ui.contrasts import Contrast

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages._ui.chapter import Value
    from pages._ui.shell import View

NAMES = "はなこ・たろう・ゆうき・けんじ"
SMILES, FORCED, CROSSED = "弟は今笑っている", "今日は天気が良いね", "犬を男が噛む"
NOTHING: Mapping[str, Value] = MappingProxyType({"force": None, "token": "", "blank": None, "t": None})
# Found by search; the page's tests measure what they do. What they set is all in sight, in the drawing.
CONTRASTS = (
    Contrast("long", {}, silent={**NOTHING, "task": "phrases", "text": SENTENCE, "attention": "none"}),
    Contrast("crossed", {}, silent={**NOTHING, "task": "phrases", "text": CROSSED, "attention": "additive", "t": 3}),
    Contrast("names", {}, silent={**NOTHING, "task": "names", "names": NAMES, "attention": "none"}),
    Contrast("blank", {}, silent={**NOTHING, "task": "phrases", "text": SMILES, "attention": "additive", "blank": 4}),
    Contrast(
        "force",
        {},
        silent={**NOTHING, "task": "phrases", "text": FORCED, "attention": "additive", "force": 2, "token": "sea"},
    ),
)


def choose(view: View) -> None:
    """The few knobs, and beside them what is prepared, so that a screen holds the drawing whole."""
    lang = view.lang
    with blocks.control_row():
        controls.sentence("names" if view.state["task"] == "names" else "text", lang)
        contrasts.row(view, CONTRASTS, width="content")
        blocks.more(view, "task", "hidden")
