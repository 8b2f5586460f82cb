"""The layers above the words, the RNN below them, and the guess which setting misses another order: one drawing."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from pages._chapters.transformer import computed, inputs
from pages._chapters.transformer.inputs import spec_of
from pages._ui import pin, stage
from pages._ui.components.transformer_layers import GENERATE, readings, transformer_layers
from rnn_core import KiokuError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from pages._ui.address import State
    from pages._ui.components.place import Spot
    from pages._ui.components.transformer_layers import Both, Reordered
    from pages._ui.reading import Reading
    from pages._ui.shell import View

OPEN = "-open"  # how a scene is called in which nothing is masked


def draw(view: View, reading: Reading, beside: tuple[NDArray[np.floating], ...] = ()) -> bool:
    """Draw both networks; the guess is made in the drawing. Whether nothing is left to ask.

    Args:
        view: the page.
        reading: its sentence, read.
        beside: the states of another setting that is on the page: their colours mean the same.
    """
    said, scene = view.state["guess_permutation"], view.text("scene")
    both, reordered, written = _read(view, reading)
    with stage.drawing(view):
        transformer_layers(
            view.lang,
            both,
            reordered=reordered,
            written=written,
            alongside=beside,
            scene=scene,
            word=None if scene == GENERATE else reading.step + 1,
            head=view.whole("head", 1),
            answer=said if isinstance(said, int | str) else None,
            key=view.key("transformer_layers"),
            on_place_change=lambda spot: pin.take(view, _rested(spot)),
            on_answer_change=lambda now: pin.take(view, {"guess_permutation": now}),
        )
    return said is not None or reordered is None


def _read(view: View, reading: Reading) -> tuple[Both, Reordered | None, Both]:
    """The sentence, its other order where it has one, and what is written."""
    spec, tokens = spec_of(view.state), tuple(token.text for token in reading.trace.tokens)
    other = computed.reordered(spec_of(view.state, positions=True), tokens) if len(tokens) > 1 else None
    return computed.both(spec, tokens), other, computed.written(spec)


def compared(view: View) -> tuple[NDArray[np.floating], ...]:
    """All states of the setting that this one is compared with; none where there is none, or nothing to be drawn."""
    there = pin.pinned(view)
    with suppress(KiokuError):  # said where it is drawn
        return () if there is None else _states(there)
    return ()


def _states(view: View) -> tuple[NDArray[np.floating], ...]:
    return tuple(one.states for one in readings(*_read(view, inputs.read(view))))


def pinned(view: View, present: View) -> None:
    """Draw them in the setting that the `present` one is compared with."""
    draw(view, inputs.read(view), _states(present))


def _rested(spot: Spot) -> State:
    """The controls where the reader rests; the words that are written are none of the sentence's."""
    place = {} if spot.quantity == GENERATE else {"t": spot.step}
    return {**place, "head": spot.unit, "scene": spot.quantity}
