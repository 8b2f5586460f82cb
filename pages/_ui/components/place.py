"""Where the reader rests in a drawing: reported by the browser, and set by the page when it wants them elsewhere.

Moving happens in the browser. The numbers of a drawing are sent again only when they change, so what is sent along as
the place must stay as it is while the reader moves; a counter tells the browser when the page means it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias, TypeVar

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Callable

    from pages._ui.components.packing import JSON

Value = TypeVar("Value")
Axis: TypeAlias = Literal["x", "y"]
"""Along which axis of a chart the step that is chosen in a drawing is marked."""


@dataclass(frozen=True)
class Spot:
    """A place in a drawing.

    Attributes:
        step: which word, 1-based, as in the address.
        unit: which unit, 1-based; None for the mean of all.
        quantity: the key of the chosen quantity.
    """

    step: int
    unit: int | None = None
    quantity: str | None = None


@dataclass(frozen=True)
class Bounds:
    """What a place may be in one drawing: that many steps and units, these quantities."""

    steps: int
    units: int = 0
    quantities: tuple[str, ...] = ()

    def inside(self, spot: Spot) -> bool:
        """Whether `spot` exists in this drawing."""
        unit = spot.unit is None or 1 <= spot.unit <= self.units
        return 1 <= spot.step <= self.steps and unit and spot.quantity in (None, *self.quantities)


@dataclass(frozen=True)
class _Sent:
    of: str
    serial: int
    spot: Spot
    wanted: Spot


def reported(key: str, of: str, bounds: Bounds) -> Spot | None:
    """The place that the browser last reported for the drawing `key` of the state `of`, or None."""
    state = st.session_state.get(key)
    raw = state.get("spot") if isinstance(state, Mapping) else None
    if not isinstance(raw, Mapping) or raw.get("of") != of:
        return None
    step, unit, quantity = raw.get("step"), raw.get("unit"), raw.get("quantity")
    if not isinstance(step, int) or not isinstance(unit, int | None) or not isinstance(quantity, str | None):
        return None
    spot = Spot(step, unit, quantity)
    return spot if bounds.inside(spot) else None


def resting(key: str, of: str, bounds: Bounds) -> int | None:
    """The step of that place."""
    spot = reported(key, of, bounds)
    return spot.step if spot else None


def heard(key: str, name: str, of: str) -> Mapping[str, object]:
    """What else the browser last reported under a name, for the drawing of the state `of`; nothing otherwise."""
    state = st.session_state.get(key)
    said = state.get(name) if isinstance(state, Mapping) else None
    return said if isinstance(said, Mapping) and said.get("of") == of else {}


def heard_answer(key: str, of: str) -> int | str | None:
    """What the browser last reported as the reader's answer, None where it is to be asked again; "" for nothing."""
    found = heard(key, "answer", of).get("answer", "")
    return found if isinstance(found, int | str | None) else ""


def placed(key: str, of: str, wanted: Spot, bounds: Bounds) -> dict[str, JSON]:
    """What is sent along as the place: `wanted` where the drawing is new or the wish changed, else as before."""
    slot = f"_place_{key}"
    sent: _Sent | None = st.session_state.get(slot)
    if sent is None or sent.of != of:
        sent = _Sent(of, sent.serial + 1 if sent else 0, wanted, wanted)
    else:
        here = reported(key, of, bounds)
        before = sent.wanted if here else sent.spot
        here = here or sent.spot
        spot = Spot(
            _wish(wanted.step, before.step, here.step),
            _wish(wanted.unit, before.unit, here.unit),
            _wish(wanted.quantity, before.quantity, here.quantity),
        )
        sent = _Sent(of, sent.serial + (spot != here), sent.spot if spot == here else spot, wanted)
    st.session_state[slot] = sent
    return {"id": of, "serial": sent.serial, "at": vars(sent.spot)}


def _wish(wanted: Value, before: Value, here: Value) -> Value:
    """A part of the place: the page's, where that is not what the page wanted before."""
    return here if wanted == before else wanted


def telling(callback: Callable[[Value], None] | None, read: Callable[[], Value | None]) -> Callable[[], None]:
    """A callback for Streamlit that hands on what the browser reported."""

    def tell() -> None:
        if callback is not None and (value := read()) is not None:
            callback(value)

    return tell
