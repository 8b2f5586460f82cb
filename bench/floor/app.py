"""The floor: a bare Streamlit page that builds and draws as many Plotly charts of the same sizes from ready arrays.

`/?chart=6x16x640x320&chart=…` says how many columns and rows each has and in how many pixels; the slider `gain` changes
all of them, or, with `&buttons=4`, a row of four buttons.
"""

import numpy as np
import pandas  # noqa: F401  # before any Plotly call, as in the app itself
import plotly.graph_objects as go
import streamlit as st

ONE = ["6x16x640x320"]


@st.cache_resource
def ready(columns: int, rows: int) -> np.ndarray:
    """An array (rows, columns) that is there before anybody asks."""
    return np.random.default_rng(0).uniform(-1, 1, (rows, columns)).astype(np.float32)


def draw(values: np.ndarray, width: int, height: int, key: str) -> None:
    """One heatmap."""
    figure = go.Figure(go.Heatmap(z=values, zmin=-1, zmax=1))
    figure.update_layout(height=height, template="none", margin={"l": 40, "r": 10, "t": 10, "b": 40})
    st.plotly_chart(figure, key=key, theme=None, width=width)


st.set_page_config(layout="wide")
buttons = int(st.query_params.get("buttons", "0"))
if buttons:
    shares = [100 * at // buttons for at in range(1, buttons + 1)]
    gain = st.segmented_control("gain", shares, default=shares[0], key="gain", required=True)
else:
    gain = st.slider("gain", 0, 100, 50, key="gain")
for number, size in enumerate(st.query_params.get_all("chart") or ONE):
    columns, rows, width, height = map(int, size.split("x"))
    draw(ready(columns, rows) * np.float32(gain / 100), width, height, f"floor_{number}")
