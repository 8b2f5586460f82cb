"""Recordings made by hand, without torch, and what is asked of every picture."""

from __future__ import annotations

import base64
import json
import re
from itertools import product

import numpy as np
import plotly.graph_objects as go

from rnn_core.figures import Picture, Theme
from rnn_core.figures.margins import beside
from rnn_core.quantities import CELLS, QUANTITIES
from rnn_core.recurrent.trace import LayerTrace

ROWS = [(cell, row.key) for cell in CELLS for row in QUANTITIES.of(cell)]
LOOKS = [Theme(mode, size) for mode, size in product(("light", "dark"), (1.0, 1.7))]
WORDS = ("今日", "は", "天気", "が", "良い", "ね")
GLOSSES = ("today", "topic marker", "weather", "subject marker", "good", "isn't it")
MADE_UP = "made_up"  # a quantity that the table does not have


def words(count: int) -> tuple[str, ...]:
    return tuple(WORDS[step % len(WORDS)] for step in range(count))


def layer(cell: str = "lstm", steps: int = 6, units: int = 8, seed: int = 0, dtype: str = "float32", **values):
    """A layer trace of random values within their bounds, whose sums add up."""
    draw = np.random.default_rng(seed)
    rows = QUANTITIES.of(cell)
    made = {row.key: draw.uniform(*(row.bounds or (-0.5, 0.5)), (steps, units)).astype(dtype) for row in rows}
    for row in rows:
        if parts := row.forms[cell].parts:
            made[row.key] = sum(made[part] for part in parts)
    return LayerTrace(cell, made | values)


def spoiled(key: str, *, units: int = 4) -> LayerTrace:
    """A layer in which `key` has one value of each kind that a scale from −1 to 1 can't show."""
    values = np.zeros((6, units), np.float32)
    values[1, 0], values[2, 1], values[3, 2], values[4, 3], values[5, 0] = np.nan, np.inf, -np.inf, 7, -7
    return layer("lstm", units=units, **{key: values})


def sound(picture: Picture) -> Picture:
    """What holds for every picture: Plotly takes its figure, the words are there, the columns have one length."""
    go.Figure(picture.figure.parts)  # raises if a name or a value is wrong
    taken = go.Figure(picture.figure.parts, _validate=False)
    assert to_json(picture.figure) == to_json(taken), "written as Plotly writes it"
    assert all(said.strip() for said in (picture.key, picture.title, picture.finding, picture.method))
    assert not re.search(r"(?<!\w)-", picture.finding)  # a hyphen for a minus
    assert len({len(column) for column in picture.table.values()}) == 1
    assert all(axis.range for axis in (taken.layout.xaxis, taken.layout.yaxis))
    return picture


def unused(picture: Picture) -> float:
    """The px at the left of a picture at a desk that its upright axes do not take, whose room comes by itself."""
    layout = picture.figure.parts["layout"]
    return float(layout["margin"]["l"]) - beside(layout)


def to_json(figure: go.Figure) -> object:
    """What a browser is sent of a figure."""
    return json.loads(figure.to_json())


def traces(picture: Picture) -> list[dict]:
    """The traces as a browser receives them, their arrays unpacked."""
    return [unpacked(trace) for trace in picture.figure.to_plotly_json()["data"]]


def unpacked(value: object) -> object:
    if not isinstance(value, dict):
        return value
    if "bdata" in value:
        shape = [int(size) for size in value.get("shape", "-1").split(",")]
        return np.frombuffer(base64.b64decode(value["bdata"]), value["dtype"]).reshape(shape)
    return {key: unpacked(item) for key, item in value.items()}


def data(value: object) -> object:
    """What is left of a trace without its words."""
    if isinstance(value, dict):
        return {key: data(item) for key, item in value.items() if key not in ("name", "hovertemplate")}
    return value.tolist() if isinstance(value, np.ndarray) else value
