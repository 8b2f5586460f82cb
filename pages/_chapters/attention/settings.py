"""The knobs of /attention, and the settings of them that are a click away."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from pages._ui import blocks, controls
from pages._ui.contrasts import Contrast

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages._ui.chapter import Value
    from pages._ui.shell import View

LONG = "はなこ・たろう・ゆうき・けんじ"
SMILES, FORCED = "弟は今笑っている", "今日は天気が良いね"
NOTHING: Mapping[str, Value] = MappingProxyType({"force": None, "token": "", "t": None})  # no word is forced
# Found by search; the page's tests measure what they do.
CONTRASTS = (
    Contrast("short", {"task": "names", "names": "はなこ", "attention": "none"}, silent=NOTHING),
    Contrast("long", {"task": "names", "names": LONG, "attention": "none"}, silent=NOTHING),
    Contrast("looks", {"task": "names", "names": LONG, "attention": "additive"}, silent=NOTHING),
    Contrast(
        "blank",
        {"task": "phrases", "text": SMILES, "alter": "blank", "spot": 4},
        "study",
        silent={**NOTHING, "t": 5, "study": "alter"},
    ),
    Contrast(
        "force",
        {"task": "phrases", "text": FORCED, "force": 2, "token": "sea"},
        "study",
        silent={"study": "beam", "t": 3},
    ),
)


def choose(view: View) -> None:
    """The few knobs, all in sight."""
    lang = view.lang
    with blocks.control_row():
        controls.choice("task", lang)
        controls.sentence("names" if view.state["task"] == "names" else "text", lang)
        controls.choice("attention", lang)
        controls.choice("hidden", lang)
