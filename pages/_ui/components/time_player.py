"""The player alone: play, step and scrub through the words, for a page whose pictures are charts."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from pages._ui.components import packing
from pages._ui.components.assets import component
from pages._ui.components.place import Bounds, Spot, placed, reported, telling

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pages._ui.components.packing import JSON
    from pages._ui.components.place import Axis
    from rnn_core.models.model_trace import ModelTrace
    from rnn_core.quantities import Cell
    from rnn_core.text.tokenizer import Token

_render = component("player", "player")


def player(
    lang: str,
    trace: ModelTrace,
    *,
    step: int | None = None,
    follow: Mapping[str, Axis] = MappingProxyType({}),
    key: str = "player",
    on_step_change: Callable[[int], None] | None = None,
) -> int | None:
    """Draw the bar that moves along the words of `trace`, in the colour of its cell.

    Args:
        lang: "ja" or "en".
        trace: what the model computed.
        step: the word at which it opens, 1-based; None for the last one. While the sentence and the model stay, the
            reader's own place is kept unless this changes.
        follow: the charts of the page whose mark of the step (`figures.with_cursor`) moves along, by their keys without
            `chart_`, and the axis along which it moves.
        key: the widget's key.
        on_step_change: called with the step on which the reader rests, before the page runs again.

    Returns:
        The step, 1-based, on which the reader rests, or None where they have not moved yet.
    """
    return timeline(
        lang,
        trace.tokens,
        trace.layers.cell,
        packing.identity(trace),
        step=step,
        follow=follow,
        key=key,
        on_step_change=on_step_change,
    )


def timeline(
    lang: str,
    tokens: Sequence[Token],
    cell: Cell,
    of: str,
    *,
    step: int | None = None,
    follow: Mapping[str, Axis] = MappingProxyType({}),
    key: str = "player",
    counted: str = "player.step",
    on_step_change: Callable[[int], None] | None = None,
) -> int | None:
    """Draw the same bar along any tokens.

    Args:
        lang: "ja" or "en".
        tokens: what it moves along, one at least.
        cell: whose colour it has.
        of: what the reader's own place belongs to; with another `of` it is given up.
        step: the token at which it opens, 1-based; None for the last one.
        counted: the message that says which token it is, with its `{step}` and the `{total}`.
        follow, key, on_step_change: as for `player`.

    Returns:
        The step, 1-based, on which the reader rests, or None where they have not moved yet.
    """
    bounds = Bounds(len(tokens))
    wanted = Spot(len(tokens) if step is None else min(max(step, 1), len(tokens)))

    def read() -> int | None:
        spot = reported(key, of, bounds)
        return spot.step if spot else None

    words: dict[str, JSON] = {
        "cell": cell,
        "tokens": packing.words(lang, tokens),
        "text": packing.labels(lang, {"step": counted}),
    }
    words["follow"] = [{"key": chart, "across": axis} for chart, axis in follow.items()]
    data = words | placed(key, of, wanted, bounds)
    _render(key=key, data=data, default={"spot": None}, on_spot_change=telling(on_step_change, read))
    return read()
