"""The theme's colours as CSS variables: the browser's parts have no table of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rnn_core.colours import SCALES
from rnn_core.figures.networks import BASELINES
from rnn_core.figures.theme import CELLS, FONT, LINES, TOKENS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rnn_core.figures.theme import Mode

DRAWN = ("signed", "share", "size")  # the scales that the drawings use


def tokens_css() -> str:
    """Every colour that a component uses, for both themes at once.

    `light-dark()` follows Streamlit's own theme: Streamlit sets `color-scheme` on the app's root, and it is inherited
    through a component's shadow root. The mark of a cell, or of another network, (at least 3:1) is `--cell`, its
    text `--cell-ink` (4.5:1).

    Example:
        >>> "--ink: light-dark(#1B1F24, #E6EAF0);" in tokens_css()
        True
    """
    light, dark = TOKENS["light"], TOKENS["dark"]
    variables = {name: _both(light[name], dark[name]) for name in light}
    variables["plate"] = _both(light["muted"], dark["edge"])  # of a valve: seen on every colour that flows through it
    for scale, stops in SCALES.items():
        if scale in DRAWN:
            pairs = zip(stops["light"], stops["dark"], strict=True)
            variables |= {f"{scale}-{k}": _both(*pair) for k, pair in enumerate(pairs)}
    variables["other"] = _both(LINES["light"][1], LINES["dark"][1])  # of two that share a cell's colour
    lines = zip(LINES["light"], LINES["dark"], strict=True)
    variables |= {f"kind-{k}": _both(*pair) for k, pair in enumerate(lines)}  # of feelings and other kinds
    variables["font"] = FONT
    named: Mapping[str, Mapping[Mode, tuple[str, str]]] = {**BASELINES, **dict(CELLS.items())}
    cells = [
        _rule(
            f'[data-cell="{cell}"]',
            {
                "cell": _both(modes["light"][0], modes["dark"][0]),
                "cell-ink": _both(modes["light"][1], modes["dark"][1]),
            },
        )
        for cell, modes in named.items()
    ]
    return "\n".join([_rule(":host, .kioku", variables), *cells])


def _both(light: str, dark: str) -> str:
    return f"light-dark({light}, {dark})"


def _rule(selector: str, variables: dict[str, str]) -> str:
    return f"{selector} {{ " + " ".join(f"--{name}: {value};" for name, value in variables.items()) + " }"
