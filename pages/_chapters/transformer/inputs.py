"""The sentence of the address, read by the Transformer of the address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._chapters.transformer import computed
from pages._ui import blocks, cache, contrasts, controls, pin
from pages._ui.contrasts import Contrast
from pages._ui.network import Shown, require
from pages._ui.reading import Reading
from rnn_core import order
from rnn_core.specs import TransformerSpec

if TYPE_CHECKING:
    from pages._ui.address import State
    from pages._ui.shell import View
    from rnn_core.specs import ModelSpec


# What they set is all in sight: the sentence, and the view, word and head of the drawing.
CONTRASTS = (
    Contrast("behind", {}, silent={"text": order.PLAIN, "scene": "read", "t": 4, "head": 3}),
    Contrast("bite", {}, silent={"text": order.SENTENCE, "scene": "placed-masked"}),
    Contrast("write", {}, silent={"scene": "generate"}),
)


def choose(view: View) -> None:
    """The few controls in sight, the folded ones, and beside them what is prepared."""
    lang = view.lang
    with blocks.control_row():
        controls.sentence("text", lang)
        controls.choice("positions", lang)
        contrasts.row(view, CONTRASTS, width="content")
        blocks.more(view, "hidden", "weights", "seed")


def spec_of(state: State, *, positions: bool | None = None) -> TransformerSpec:
    """The network that the address names, or its twin with or without positions; only fresh weights have a seed."""
    fresh = state["weights"] == "fresh"
    return TransformerSpec.model_validate(
        {
            "hidden": state["hidden"],
            "positions": state["positions"] == "added" if positions is None else positions,
            "weights": state["weights"],
            "seed": state["seed"] if fresh else 0,
        }
    )


def networks(state: State) -> list[TransformerSpec | ModelSpec]:
    """Those of the page: the one that the address names, its twin, and the RNN."""
    placed = [spec_of(state, positions=positions) for positions in (True, False)]
    return [spec_of(state), *placed, computed.rival(placed[0])]


def read(view: View) -> Reading:
    """Run the network on the sentence.

    Raises:
        KiokuError: nothing to read, or weights that can't be loaded.
    """
    require(view)
    segmented = cache.words(view.text("text"))
    trace = cache.trace(spec_of(view.state), segmented.tokens)
    asked, last = view.state["t"], len(trace)
    if isinstance(asked, int) and asked > last:
        pin.beyond(view, "ui.step", asked, last)
        asked = None
    step = asked if isinstance(asked, int) else opening(last)
    return Reading(trace, trace, Shown(), segmented.cut, step - 1)


def outputs(reading: Reading) -> tuple[str, ...]:
    """The most probable output after each word."""
    return tuple(reading.trace.top(step, 1)[0].text for step in range(len(reading.trace)))


def opening(words: int) -> int:
    """The word that is chosen where the address names none, 1-based: with words before it and behind the mask.

    Example:
        >>> [opening(words) for words in (1, 2, 3, 5, 6, 60)]
        [1, 1, 2, 3, 4, 40]
    """
    return max(1, round(2 * words / 3))
