from __future__ import annotations

from torch import nn

from rnn_core import QUANTITIES
from tests.pages.own import open_own
from tests.pages.reading import keys
from tests.rnn_core.own.making import module, opened


def test_a_quantity_that_the_cell_lacks_becomes_its_state(warm: None) -> None:
    file = opened(module(nn.GRU))
    at = open_own(file, lang="en", weights=file.name, quantity="forget_gate")
    assert keys(at) == ["hidden_state", "hidden_state_units"]
    (row,) = [one for one in at.button_group if one.key == "quantity"]
    assert len(row.options) == len(QUANTITIES.of("gru"))


def test_what_is_compared_is_a_third_picture_and_the_distance_a_fourth(warm: None) -> None:
    one, other = opened(module()), opened(module(), ignored=1)
    at = open_own(one, other, lang="en", weights=one.name, beside=other.name, quantity="cell_state")
    assert keys(at) == ["cell_state", "cell_state_units", "cell_state_other", "difference_cell_state"]
