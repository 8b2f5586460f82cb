"""What stands on a page, read out of an AppTest."""

from __future__ import annotations

import base64
import json
import re
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest


def chart(at: AppTest, key: str) -> dict[str, np.ndarray]:
    """The arrays of the first trace of a chart, by their Plotly names."""
    return charts(at, key)[0]


def charts(at: AppTest, key: str) -> list[dict[str, np.ndarray]]:
    """The arrays of all traces of a chart, by their Plotly names."""
    traces = json.loads(picture(at, key))["data"]
    return [{name: _array(value) for name, value in trace.items()} for trace in traces]


def alt(at: AppTest, key: str) -> str:
    """What a chart says to those who do not see it."""
    said: str = _proto(at, key).alt
    return said


def picture(at: AppTest, key: str) -> str:
    """All of a chart, as Plotly's JSON has it."""
    spec: str = _proto(at, key).spec
    return spec


def pictures(at: AppTest) -> str:
    """All of all charts, in their order."""
    return "\n".join(element.proto.spec for element in at.get("plotly_chart"))


def keys(at: AppTest) -> list[str]:
    """The keys of all charts, in their order."""
    return [element.proto.id.split("-chart_")[-1] for element in at.get("plotly_chart")]


def drawing(at: AppTest, name: str) -> dict[str, object]:
    """What a drawing of ours is given to draw."""
    protos = [element.proto for element in at.get("bidi_component")]
    data: dict[str, object] = json.loads(next(p.json for p in protos if p.component_name.endswith(name)))[0]
    return data


def _proto(at: AppTest, key: str) -> Any:
    protos = [element.proto for element in at.get("plotly_chart")]
    found = [proto for proto in protos if proto.id.endswith(f"-{key}")]
    assert len(found) == 1, [proto.id for proto in protos]
    return found[0]


def _array(value: object) -> np.ndarray:
    if not isinstance(value, dict) or "bdata" not in value:
        return np.asarray(value)
    flat = np.frombuffer(base64.b64decode(value["bdata"]), value["dtype"])
    return flat.reshape([int(size) for size in value["shape"].split(",")]) if "shape" in value else flat


def html(at: AppTest) -> str:
    """All HTML of our own on the page."""
    return "\n".join(element.proto.body for element in at.get("html"))


def plain(at: AppTest) -> str:
    """The same without its tags."""
    return re.sub("<[^>]*>", "", html(at))


def unfold(at: AppTest) -> AppTest:
    """The page with its folded controls open."""
    at.session_state["more"] = True
    return at.run()
