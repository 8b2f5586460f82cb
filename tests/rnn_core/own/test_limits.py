from __future__ import annotations

from rnn_core.own.limits import MOST_LAYERS, MOST_MEGABYTES, MOST_UNITS, MOST_WEIGHTS
from rnn_core.quantities import BLOCKS


def test_no_file_that_is_taken_has_more_weights_than_are_read() -> None:
    least = 2  # bytes of a number in half precision
    assert MOST_WEIGHTS * least >= MOST_MEGABYTES << 20


def test_the_largest_network_that_is_shown_fits_in_a_file() -> None:
    one = 2 * max(BLOCKS.values()) * MOST_UNITS**2  # weights of one layer, but for its biases
    assert MOST_LAYERS * one <= MOST_WEIGHTS
