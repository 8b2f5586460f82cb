"""What each of the compared networks is called, and its colour: the name always stands beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rnn_core.errors import KiokuError
from rnn_core.figures.theme import LINES
from rnn_core.messages import text
from rnn_core.quantities import CELLS, COMPOSED, MINIMAL
from rnn_core.specs import BaselineSpec, TransformerSpec

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rnn_core.figures.theme import Mode, Theme
    from rnn_core.quantities import Cell
    from rnn_core.specs import NetworkSpec

# (mark, text)
MLP: Mapping[Mode, tuple[str, str]] = {"light": ("#6B7280", "#59606B"), "dark": ("#A3ADBA", "#A3ADBA")}
CONVOLUTION: Mapping[Mode, tuple[str, str]] = {mode: (colors[1], colors[1]) for mode, colors in LINES.items()}
BASELINES = {"bag": MLP, "window": MLP, "convolution": CONVOLUTION}
DASHES = {
    **{"bag": "longdash", "window": "solid", "convolution": "dashdot"},
    **{"rnn": "dot", "lstm": "solid", "gru": "dash", "transformer": "dashdot"},
}


def kind(spec: NetworkSpec) -> str:
    """What decides over the look of a network: its kind, or its cell."""
    return spec.kind if isinstance(spec, BaselineSpec) else spec.cell


def name(spec: NetworkSpec, lang: str) -> str:
    """What a reader calls it.

    Example:
        >>> from rnn_core.specs import ModelSpec
        >>> name(ModelSpec(cell="gru", hidden=32), "ja")
        'GRU'
    """
    if isinstance(spec, BaselineSpec):
        return text(f"networks.{spec.kind}", lang, words=spec.words)
    if isinstance(spec, TransformerSpec):
        return text("networks.transformer" if spec.positions else "networks.unplaced", lang)
    return spec.cell.upper()


def called(cell: Cell, lang: str) -> str:
    """What a reader calls the network whose states are of this kind, where each kind has one.

    Example:
        >>> [called(cell, "en") for cell in ("lstm", "bidirectional", "attentive", "transformer")]
        ['LSTM', 'BiLSTM', 'LSTM with attention', 'Transformer']

    Raises:
        KiokuError: there is no such kind.
    """
    known = (*CELLS, *MINIMAL, *COMPOSED)
    if cell not in known:
        raise KiokuError("unknown_cell", given=cell, known=", ".join(known))
    return cell.upper() if cell in CELLS else text(f"networks.{cell}", lang)


def listed(specs: Iterable[NetworkSpec], lang: str) -> str:
    """Their names in a sentence."""
    return text("networks.list", lang).join(name(spec, lang) for spec in specs)


def mark(spec: NetworkSpec, theme: Theme) -> str:
    """The colour of its lines and points."""
    return _colors(spec, theme)[0]


def ink(spec: NetworkSpec, theme: Theme) -> str:
    """The colour of its name."""
    return _colors(spec, theme)[1]


def _colors(spec: NetworkSpec, theme: Theme) -> tuple[str, str]:
    if not isinstance(spec, BaselineSpec):
        return theme.mark(spec.cell), theme.text(spec.cell)
    return BASELINES[spec.kind][theme.mode]
