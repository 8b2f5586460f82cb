"""The floor: a bare Streamlit page that builds and draws as many Plotly charts of the same sizes from ready arrays.

`/?charts=2&steps=6&units=16&height=320` says how many and how large; the slider `gain` changes all of them.
"""

import numpy as np
import pandas  # noqa: F401  # before any Plotly call, as in the app itself
import plotly.graph_objects as go
import streamlit as st

SIZES = {"charts": 1, "steps": 6, "units": 16, "height": 320}


@st.cache_resource
def ready(charts: int, steps: int, units: int) -> np.ndarray:
    """Arrays that are there before anybody asks: (charts, units, steps)."""
    return np.random.default_rng(0).uniform(-1, 1, (charts, units, steps)).astype(np.float32)


def draw(values: np.ndarray, height: int, key: str) -> None:
    """One heatmap."""
    figure = go.Figure(go.Heatmap(z=values, zmin=-1, zmax=1))
    figure.update_layout(height=height, template="none", margin={"l": 40, "r": 10, "t": 10, "b": 40})
    st.plotly_chart(figure, key=key, theme=None)


sizes = {name: int(st.query_params.get(name, default)) for name, default in SIZES.items()}
gain = st.slider("gain", 0, 100, 50, key="gain")
arrays = ready(sizes["charts"], sizes["steps"], sizes["units"])
for number, array in enumerate(arrays):
    draw(array * np.float32(gain / 100), sizes["height"], f"floor_{number}")
