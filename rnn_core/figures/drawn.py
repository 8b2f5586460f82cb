"""A Plotly figure that is written as JSON from its parts as they are; Plotly makes its objects if they are asked for.

Plotly would make an object of each part, copy all values three times and look at each of them. A page needs its JSON
alone, once.
"""

from __future__ import annotations

from base64 import b64encode
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import numpy as np
import plotly.graph_objects as go

if TYPE_CHECKING:
    from collections.abc import Mapping

# What Plotly's JSON calls the numbers of an array in base64, and in which smaller ones it writes whole numbers.
KINDS = {f"{kind}{8 * size}": f"{kind[0]}{size}" for kind in ("int", "uint") for size in (1, 2, 4)}
KINDS |= {"float32": "f4", "float64": "f8"}
SMALLER: Mapping[str, tuple[str, ...]] = {
    "int64": ("int8", "int16", "int32"),
    "uint64": ("uint8", "uint16", "uint32"),
}
LISTED = ("range",)  # Plotly keeps these as lists


class Drawn(go.Figure):  # type: ignore[misc]  # Plotly has no types
    """A figure of ready parts.

    Whoever asks for more than its JSON gets a figure of Plotly's like any other, which may be changed as well.

    Args:
        parts: "data", the traces, and "layout", as Plotly's JSON has them, but for arrays, which are NumPy's.

    Example:
        >>> Drawn({"data": [{"type": "bar", "y": np.float32([1])}], "layout": {}}).to_dict()["data"][0]["y"]
        {'dtype': 'f4', 'bdata': 'AACAPw=='}
    """

    def __init__(self, parts: Mapping[str, Any]) -> None:
        self.__dict__["_parts"] = parts

    def __getattr__(self, name: str) -> Any:
        """What Plotly's own methods find missing, since none of its objects is there yet."""
        if "_parts" not in self.__dict__ or not name.startswith("_") or name.startswith("__"):
            raise AttributeError(name)
        super().__init__(self.__dict__.pop("_parts"))  # validated, or it would take a change as it is written
        return getattr(self, name)

    def to_dict(self) -> dict[str, Any]:
        """The figure as Plotly's JSON has it, arrays in base64."""
        if "_parts" not in self.__dict__:
            changed: dict[str, Any] = super().to_dict()
            return changed
        if "_json" not in self.__dict__:
            traces, layout = self._parts["data"], self._parts["layout"]
            self.__dict__["_json"] = {
                "data": [_written(_said(one)) for one in traces],
                "layout": _written(_said(layout)),
            }
        made: dict[str, Any] = self.__dict__["_json"]
        return {**made, "data": [dict(trace) for trace in made["data"]]}  # Streamlit takes the traces' ids away

    def to_plotly_json(self) -> dict[str, Any]:
        """The same, of the caller's own: Plotly shortens it in place where it prints a figure."""
        return deepcopy(self.to_dict())

    @property
    def parts(self) -> Mapping[str, Any]:
        """What it is made of."""
        return self.__dict__.get("_parts") or self.to_dict()

    @property
    def contents(self) -> tuple[object, ...]:
        """All that it keeps in memory."""
        return self.parts, self.to_dict()


def _said(part: Mapping[str, Any]) -> dict[str, Any]:
    """A trace or the layout without what it is silent about."""
    return {key: value for key, value in part.items() if value is not None}


def _written(value: Any) -> Any:
    """A part as Plotly's JSON has it."""
    if isinstance(value, dict):
        return {
            key: _packed(item) if isinstance(item, np.ndarray) and key not in LISTED else _written(item)
            for key, item in value.items()
        }
    if isinstance(value, (list, tuple)) and value and isinstance(value[0], dict):
        return [_written(item) for item in value]
    return value


def _packed(array: np.ndarray) -> object:
    """An array in base64; one that is empty, or not of numbers, as it is."""
    if not array.size:
        return array
    for smaller in SMALLER.get(str(array.dtype), ()):
        ends = np.iinfo(smaller)
        if ends.min <= array.min() and array.max() <= ends.max:
            array = array.astype(smaller)
            break
    if (kind := KINDS.get(str(array.dtype))) is None:
        return array
    packed = {"dtype": kind, "bdata": b64encode(array.tobytes()).decode("ascii")}
    return packed | ({"shape": ", ".join(map(str, array.shape))} if array.ndim > 1 else {})
