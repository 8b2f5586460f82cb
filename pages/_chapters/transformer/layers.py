"""The layers above the words, the RNN below them, and the guess which setting misses another order: one drawing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._chapters.transformer import computed, inputs
from pages._chapters.transformer.inputs import spec_of
from pages._ui import pin, stage
from pages._ui.components.transformer_layers import GENERATE, transformer_layers

if TYPE_CHECKING:
    from pages._ui.address import State
    from pages._ui.components.place import Spot
    from pages._ui.reading import Reading
    from pages._ui.shell import View

OPEN = "-open"  # how a scene is called in which nothing is masked


def draw(view: View, reading: Reading) -> bool:
    """Draw both networks; the guess is made in the drawing. Whether nothing is left to ask."""
    spec, said = spec_of(view.state), view.state["guess_permutation"]
    tokens, scene = tuple(token.text for token in reading.trace.tokens), view.text("scene")
    other = len(tokens) > 1
    with stage.drawing(view):
        transformer_layers(
            view.lang,
            computed.both(spec, tokens),
            reordered=computed.reordered(spec_of(view.state, positions=True), tokens) if other else None,
            written=computed.written(spec),
            scene=scene,
            word=None if scene == GENERATE else reading.step + 1,
            head=view.whole("head", 1),
            answer=said if isinstance(said, int | str) else None,
            key=view.key("transformer_layers"),
            on_place_change=lambda spot: pin.take(view, _rested(spot)),
            on_answer_change=lambda now: pin.take(view, {"guess_permutation": now}),
        )
    return said is not None or not other


def pinned(view: View) -> None:
    """Draw them in a pinned state."""
    draw(view, inputs.read(view))


def _rested(spot: Spot) -> State:
    """The controls where the reader rests; the words that are written are none of the sentence's."""
    place = {} if spot.quantity == GENERATE else {"t": spot.step}
    return {**place, "head": spot.unit, "scene": spot.quantity}
