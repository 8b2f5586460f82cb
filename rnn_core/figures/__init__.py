"""Every chart: arrays in, a `Picture` out. The only room that imports Plotly; computes nothing that a page quotes."""

from rnn_core.figures.difference import difference
from rnn_core.figures.heatmap import heatmap
from rnn_core.figures.ledger import ledger, ledger_state
from rnn_core.figures.movement import movement
from rnn_core.figures.next_word import next_word
from rnn_core.figures.parameter_counts import parameter_counts
from rnn_core.figures.picture import Legend, Mark, Picture
from rnn_core.figures.reply_change import reply_change
from rnn_core.figures.symbols import html
from rnn_core.figures.theme import Look
from rnn_core.figures.unit_lines import unit_lines

__all__ = [
    "Legend",
    "Look",
    "Mark",
    "Picture",
    "difference",
    "heatmap",
    "html",
    "ledger",
    "ledger_state",
    "movement",
    "next_word",
    "parameter_counts",
    "reply_change",
    "unit_lines",
]
