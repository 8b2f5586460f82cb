"""Every chart: arrays in, a `Picture` out. The only room that imports Plotly; computes nothing that a page quotes."""

from rnn_core.figures.heatmap import heatmap
from rnn_core.figures.next_word import next_word
from rnn_core.figures.picture import Legend, Mark, Picture
from rnn_core.figures.theme import Look

__all__ = ["Legend", "Look", "Mark", "Picture", "heatmap", "next_word"]
