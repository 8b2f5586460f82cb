"""The browser's side: which files make a component, in which order, and whether they are whole.

Streamlit sends a component's text with every draw. So a component here is a stub of a few lines, which fetches its part
as a module that the browser keeps (`modules.py`). The shared scripts are another one: a name that they declare is known
in every part, and a name that one file of a part declares is known in those that follow.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import streamlit as st

from pages._ui.components.modules import Module, part_module, shared_module, stub
from pages._ui.components.tokens import tokens_css
from rnn_core import KiokuError
from rnn_core.checkout import named

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

BROWSER = Path(__file__).parent / "browser"
SHARED_STYLES = ("shared/base.css", "shared/tracks.css")
SHARED = (
    *("shared/dom.js", "shared/colour.js", "shared/player.js", "shared/stage.js"),
    *("shared/view.js", "shared/marks.js", "shared/focus.js", "shared/tracks.js", "shared/sound.js", "shared/parts.js"),
)


@dataclass(frozen=True)
class Files:
    """What a part is made of, in this order.

    Attributes:
        html, styles, scripts: its own files in `browser/`; the last script has the one export.
        alone: without the styles that the drawings share.
    """

    html: str
    styles: tuple[str, ...]
    scripts: tuple[str, ...]
    alone: bool = False


PARTS: Mapping[str, Files] = MappingProxyType(
    {
        "unrolled": Files(
            "unrolled/unrolled.html",
            ("unrolled/unrolled.css",),
            ("unrolled/layout.js", "unrolled/draw.js", "unrolled/equation.js", "unrolled/unrolled.js"),
        ),
        "cell": Files(
            "cell/cell.html",
            ("cell/circuit.css", "cell/sheet.css"),
            (
                *("cell/circuit_rnn.js", "cell/circuit_lstm.js", "cell/circuit_gru.js", "cell/circuit_minimal.js"),
                "cell/draw_circuit.js",
                *("cell/equations.js", "cell/sheet.js", "cell/cell.js"),
            ),
        ),
        "seq2seq": Files(
            "seq2seq/seq2seq.html",
            ("seq2seq/seq2seq.css", "seq2seq/lens.css"),
            (
                *("seq2seq/layout.js", "seq2seq/scene.js", "seq2seq/lanes.js", "seq2seq/curve.js", "seq2seq/lens.js"),
                "seq2seq/seq2seq.js",
            ),
        ),
        "order": Files(
            "order/order.html",
            ("order/order.css", "order/rows.css"),
            ("order/layout.js", "order/cards.js", "order/rows.js", "order/order.js"),
        ),
        "bidirectional": Files(
            "bidirectional/bidirectional.html",
            ("bidirectional/lanes.css", "bidirectional/panels.css"),
            (
                *("bidirectional/layout.js", "bidirectional/lanes.js", "bidirectional/scores.js"),
                "bidirectional/bidirectional.js",
            ),
        ),
        "layers": Files(
            "layers/layers.html",
            ("layers/layers.css", "layers/panel.css"),
            ("layers/layout.js", "layers/scene.js", "layers/paint.js", "layers/panel.js", "layers/layers.js"),
        ),
        "compare": Files(
            "compare/compare.html",
            ("compare/compare.css",),
            ("compare/layout.js", "compare/row.js", "compare/compare.js"),
        ),
        "trails": Files(
            "trails/trails.html",
            ("trails/trails.css", "trails/lens.css"),
            ("trails/layout.js", "trails/scene.js", "trails/signal.js", "trails/lens.js", "trails/trails.js"),
        ),
        "training": Files(
            "training/training.html",
            ("training/map.css", "training/frame.css"),
            (
                *("training/layout.js", "training/numbers.js", "training/run.js", "training/live.js"),
                *("training/heat.js", "training/map.js", "training/guess.js", "training/side.js", "training/task.js"),
                *("training/controls.js", "training/setup.js", "training/said.js", "training/training.js"),
            ),
        ),
        "compared": Files(
            "training/training.html",
            ("training/map.css", "training/frame.css", "training/many.css"),
            (
                *("training/layout.js", "training/numbers.js", "training/run.js", "training/live.js"),
                *("training/heat.js", "training/map.js", "training/compare.js", "training/compared.js"),
            ),
        ),
        "swept": Files(
            "training/swept.html",
            ("training/map.css", "training/frame.css", "training/many.css"),
            (
                *("training/layout.js", "training/numbers.js", "training/run.js", "training/controls.js"),
                *("training/map.js", "training/grid.js", "training/swept.js"),
            ),
        ),
        "newton": Files(
            "newton/newton.html",
            ("newton/newton.css",),
            ("newton/layout.js", "newton/map.js", "newton/panel.js", "newton/newton.js"),
        ),
        "scan": Files(
            "scan/scan.html", ("scan/scan.css",), ("scan/layout.js", "scan/tree.js", "scan/card.js", "scan/scan.js")
        ),
        "feeling": Files(
            "feeling/feeling.html",
            ("feeling/feeling.css",),
            ("feeling/layout.js", "feeling/scene.js", "feeling/feeling.js"),
        ),
        "speech": Files(
            "speech/speech.html",
            ("speech/speech.css",),
            ("speech/layout.js", "speech/speech.js"),
        ),
        "forecast": Files(
            "forecast/forecast.html",
            ("forecast/forecast.css",),
            ("forecast/layout.js", "forecast/scene.js", "forecast/forecast.js"),
        ),
        "video": Files("video/video.html", ("video/video.css",), ("video/layout.js", "video/video.js")),
        "path": Files("path/path.html", ("path/path.css",), ("path/path.js",)),
        "growing": Files(
            "growing/growing.html",
            ("growing/growing.css",),
            ("growing/layout.js", "growing/panel.js", "growing/growing.js"),
        ),
        "sorting": Files(
            "sorting/sorting.html",
            ("sorting/sorting.css",),
            ("sorting/layout.js", "sorting/panel.js", "sorting/sorting.js"),
        ),
        "melody": Files(
            "melody/melody.html",
            ("melody/melody.css",),
            ("melody/layout.js", "melody/scene.js", "melody/melody.js"),
        ),
        "keyboard": Files("keyboard/keyboard.html", ("keyboard/keyboard.css",), ("keyboard/keyboard.js",)),
        "save": Files("save/save.html", ("save/save.css",), ("save/save.js",), alone=True),
    }
)
# How a file of each kind begins: what does not is another file. What does not end with its line, or leaves a bracket
# open, was cut off.
BEGINS: Mapping[str, str] = MappingProxyType({".js": "// ", ".css": "/* ", ".html": "<", ".svg": "<svg "})
NOTHING = "export default () => {};"

COMPONENTS: dict[str, Callable[..., object]] = {}
"""What draws each component that has been declared."""
_damaged: dict[str, KiokuError] = {}


def whole(path: Path) -> str:
    """A file for the browser as text.

    Raises:
        KiokuError: it is missing or damaged, as far as it shows by itself.
    """
    try:
        found = path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        found = ""
    closed = all(found.count(one) == found.count(other) for one, other in (("{", "}"), ("<section", "</section>")))
    complete = found.endswith("\n") and closed
    if not found.startswith(BEGINS[path.suffix]) or not complete:
        raise KiokuError("page_file", path=named(path))
    return found


def whole_or_nothing(path: Path) -> str:
    """The same; "" for a damaged one, which is among the `damaged` from then on."""
    try:
        return whole(path)
    except KiokuError as error:
        _damaged[named(path)] = error
        return ""


def damaged() -> tuple[KiokuError, ...]:
    """What is wrong with files that the pages do without: each page says it."""
    return tuple(_damaged.values())


def read(*files: str) -> str:
    """These files of `browser/` as one text.

    Raises:
        KiokuError: one of them is missing or damaged.
    """
    return "\n".join(whole(BROWSER / file) for file in files)


def component(name: str, part: str) -> Callable[..., object]:
    """A component that is this part, as soon as the browser has it; where a file of it is damaged, it is nothing.

    What it draws, `data`, travels as the one item of a list: of a dict Streamlit would ask each entry with every draw
    whether it is a table, which costs more than all else of a drawing.
    """
    found = _whole_part(part)
    render = st.components.v2.component(f"kioku_{name}", js=stub(found) if found else NOTHING)
    COMPONENTS[name] = lambda *, data, **named: render(data=[data], **named)
    return COMPONENTS[name]


@cache
def modules() -> Mapping[str, Module]:
    """All modules that are whole, by the names of their files: what this server answers with."""
    found = [shared(), *map(_whole_part, PARTS)]
    return {module.file: module for module in found if module}


def shared() -> Module | None:
    """The module of what all parts know; None for a damaged one, whose file is among the `damaged` from then on."""
    try:
        return shared_module(read(*SHARED), tokens_css() + read(*SHARED_STYLES))
    except KiokuError as error:
        _damaged[str(error.values["path"])] = error
        return None


def _whole_part(name: str) -> Module | None:
    """A part's module, likewise."""
    files, known = PARTS[name], shared()
    if known is None:
        return None
    try:
        own = [read(style) for style in files.styles]
        return part_module(name, known, read(*files.scripts), read(files.html), own, alone=files.alone)
    except KiokuError as error:
        _damaged[str(error.values["path"])] = error
        return None
