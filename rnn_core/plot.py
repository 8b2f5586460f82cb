"""`rc.plot`: pictures of what was recorded, in a notebook or a script. Plotly is imported when the first is asked for.

Each is a `Picture`: it shows itself in a notebook, and has `.figure` (Plotly's), `.update_layout(…)`, `.frame()`,
`.save("x.html")`, `.title`, `.finding` and `.legend`. Common to all:

- layer, direction: whose numbers; layers may be counted from the last, −1.
- batch: which sequence of a batch, from 0.
- tokens: what each step read, one a step; without them x₁, x₂, …
- lang: "en" or "ja".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import numpy as np

from rnn_core.errors import KiokuError
from rnn_core.messages import LANGUAGES, text
from rnn_core.recurrent.directions import within
from rnn_core.recurrent.trace import Trace, check_recorded

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from rnn_core.figures.picture import Picture
    from rnn_core.gradients.gradient_trace import GradientTrace
    from rnn_core.recurrent.trace import LayerTrace

EXTRA = ("plotly", "pandas", "scipy")  # what the extra [plot] brings
STATE = "hidden_state"
SUBSCRIPT = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
Tokens = Sequence[str] | None
Row = TypeVar("Row", covariant=True)


class Layered(Protocol[Row]):
    """What was recorded of layers: a trace, or its gradients."""

    @property
    def layers(self) -> tuple[tuple[Row, ...], ...]:
        """`layers[layer][direction]`."""


def states(
    trace: Trace,
    quantity: str = STATE,
    *,
    layer: int = -1,
    direction: int = 0,
    tokens: Tokens = None,
    batch: int = 0,
    lang: str = "en",
) -> Picture:
    """A map of one quantity, h_t if no other is named: a column a step, a row a unit.

    Raises:
        KiokuError: no such quantity, layer, direction, sequence or language, another number of tokens than of steps,
            or no Plotly.

    Example:
        >>> import torch, rnn_core as rc
        >>> shown = rc.plot.states(rc.record(torch.nn.GRU(3, 4), torch.randn(6, 3)), tokens=list("abcdef"))
        >>> shown.title, shown.frame().shape
        ('hidden state', (6, 6))
    """
    figures, place = _figures(lang), _Place.traced(trace, layer, direction, batch, lang)
    one = place.chosen(trace)
    return place.alone(
        figures.heatmap(one, quantity, _words(tokens, len(one[STATE])), lang=lang, theme=figures.Theme())
    )


def gates(
    trace: Trace, *, layer: int = -1, direction: int = 0, tokens: Tokens = None, batch: int = 0, lang: str = "en"
) -> Picture:
    """A map of every gate, all on one scale.

    Raises:
        KiokuError: as for `states`, or a cell without gates.
    """
    figures, place = _figures(lang), _Place.traced(trace, layer, direction, batch, lang)
    one = place.chosen(trace)
    return place.alone(figures.gates(one, _words(tokens, len(one[STATE])), lang=lang, theme=figures.Theme()))


def influence(
    trace: Trace,
    values: ArrayLike,
    *,
    layer: int = -1,
    direction: int = 0,
    tokens: Tokens = None,
    batch: int = 0,
    lang: str = "en",
) -> Picture:
    """Which input moves which state: `values` is what `rc.influence` gave, (T, T), of the layer that is named.

    Raises:
        KiokuError: as for `states`, or no map of T × T.
    """
    figures, place = _figures(lang), _Place.traced(trace, layer, direction, batch, lang)
    words, sizes = _words(tokens, len(place.chosen(trace)[STATE])), np.asarray(values)
    return place.alone(
        figures.influence_map(trace.cell, sizes, words, lang=lang, theme=figures.Theme(), direction=direction)
    )


def gradients(
    trace: GradientTrace,
    *,
    layer: int = -1,
    direction: int = 0,
    tokens: Tokens = None,
    batch: int = 0,
    lang: str = "en",
    at: int | None = None,
) -> Picture:
    """How large ∂L/∂h_t is at each step, and ∂L/∂c_t of an LSTM, from what `rc.backpropagate` gave.

    Args:
        trace: the gradients.
        layer, direction, tokens, batch, lang: as for all.
        at: the step at which the loss reads the state; without it the last one that has a gradient.

    Raises:
        KiokuError: as for `states`, or no such step.
    """
    from rnn_core.gradients.gradient_trace import GradientTrace, norms

    check_recorded(trace, GradientTrace, "rc.backpropagate")
    figures, place = _figures(lang), _Place.of(trace, layer, direction, batch, lang)
    one = trace.layers[place.layer][place.direction]
    sizes = {key: norms(values if values.ndim == 2 else values[:, batch]) for key, values in one.items()}
    by_h = sizes.pop(STATE)
    if at is None:
        at = int(np.flatnonzero(by_h)[-1]) if by_h.any() else len(by_h) - 1
    words, by_c = _words(tokens, len(by_h)), dict(zip((trace.cell,), sizes.values(), strict=False))
    return place.alone(
        figures.gradient_norms({trace.cell: by_h}, words, at, lang=lang, theme=figures.Theme(), cell_states=by_c)
    )


def difference(
    trace: Trace,
    other: Trace,
    quantity: str = STATE,
    *,
    layer: int = -1,
    direction: int = 0,
    tokens: Tokens = None,
    batch: int = 0,
    lang: str = "en",
) -> Picture:
    """How far two runs are apart at each step: the norm, over the units, of the difference of one quantity.

    Raises:
        KiokuError: as for `states`, or runs that don't fit together.
    """
    figures, place = _figures(lang), _Place.traced(trace, layer, direction, batch, lang)
    one, two = place.chosen(trace), _Place.traced(other, layer, direction, batch, lang).chosen(other)
    words = _words(tokens, len(one[STATE]))
    return place.alone(figures.difference(one, two, quantity, words, lang=lang, theme=figures.Theme()))


def circuit(
    trace: Trace,
    step: int = -1,
    unit: int | None = None,
    *,
    layer: int = -1,
    direction: int = 0,
    tokens: Tokens = None,
    batch: int = 0,
    lang: str = "en",
) -> Picture:
    """What one unit computed at one step, and from what; without `unit` the one whose state is largest there.

    Raises:
        KiokuError: as for `states`, or no such step or unit.
    """
    figures, place = _figures(lang), _Place.traced(trace, layer, direction, batch, lang)
    one = place.chosen(trace)
    step = _from_the_end("step", step, len(one[STATE]))
    words, look = _words(tokens, len(one[STATE])), {"lang": lang, "theme": figures.Theme()}
    return place.alone(figures.circuit_values(one, step, words, unit=unit, direction=place.direction, **look))


@dataclass(frozen=True)
class _Place:
    """Which layer, direction and sequence of a recording is meant, checked, and of how many."""

    layer: int
    direction: int
    batch: int
    sizes: tuple[int, int, int]
    lang: str

    @classmethod
    def of(cls, recorded: Layered[Any], layer: int, direction: int, batch: int, lang: str) -> _Place:
        """That of one recording."""
        layer = _from_the_end("layer", layer, len(recorded.layers))
        direction = within("direction", direction, len(recorded.layers[layer]))
        values = recorded.layers[layer][direction][STATE]
        sequences = 1 if values.ndim == 2 else values.shape[1]
        sizes = len(recorded.layers), len(recorded.layers[layer]), sequences
        return cls(layer, direction, within("sequence", batch, sequences), sizes, lang)

    @classmethod
    def traced(cls, trace: Trace, layer: int, direction: int, batch: int, lang: str) -> _Place:
        """That of a trace, which is seen to be one."""
        check_recorded(trace, Trace, "rc.record")
        return cls.of(trace, layer, direction, batch, lang)

    def chosen(self, trace: Trace) -> LayerTrace:
        """The numbers of this place."""
        one = trace.sequence(self.batch) if trace[STATE].ndim == 3 else trace
        return one.layers[self.layer][self.direction]

    def alone(self, shown: Picture) -> Picture:
        """The picture with its place in its title, where there are several, and all of its words in its figure."""
        figures, title = _figures(self.lang), shown.title
        layers, directions, sequences = self.sizes
        if layers > 1:
            title = text("plot.layer", self.lang, title=title, layer=self.layer + 1, layers=layers)
        if directions > 1:
            title = text("plot.backwards" if self.direction else "plot.forwards", self.lang, title=title)
        if sequences > 1:
            title = text("plot.sequence", self.lang, title=title, number=self.batch + 1, sequences=sequences)
        alone: Picture = figures.standalone(replace(shown, title=title), figures.Theme())
        return alone


def _figures(lang: str) -> Any:
    """The room of the figures; it needs what the extra brings."""
    if lang not in LANGUAGES:
        raise KiokuError("unknown_language", given=repr(lang), known=", ".join(LANGUAGES))
    try:
        from rnn_core import figures
    except ModuleNotFoundError as missing:
        if missing.name and missing.name.partition(".")[0] in EXTRA:
            raise KiokuError("plot_missing", given=missing.name) from None
        raise
    return figures


def _from_the_end(field: str, given: int, size: int) -> int:
    """`given` from 0 to `size` − 1, or from −`size`, counted from the end."""
    negative = isinstance(given, int) and not isinstance(given, bool) and -size <= given < 0
    return within(field, given + size if negative else given, size)


def _words(tokens: Tokens, steps: int) -> tuple[str, ...]:
    """The tokens as words; without them x₁ … x_T."""
    if tokens is None:
        return tuple(f"x{step}".translate(SUBSCRIPT) for step in range(1, steps + 1))
    return tuple(map(str, tokens))
