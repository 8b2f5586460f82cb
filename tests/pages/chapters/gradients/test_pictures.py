from __future__ import annotations

from typing import TYPE_CHECKING

from pages._chapters.gradients.pictures import FEW, LONG, SHORT, decades
from tests.pages.reading import alt, charts

if TYPE_CHECKING:
    from tests.pages.conftest import Open


def test_the_axis_does_not_follow_the_knobs() -> None:
    assert decades(FEW) == SHORT
    assert decades(FEW + 1) == LONG


def test_the_three_maps_share_their_scale(open_page: Open) -> None:
    at = open_page(page="gradients")
    ends = [
        (first["zmin"].item(), first["zmax"].item())
        for first in (charts(at, f"chart_influence_{cell}")[0] for cell in ("rnn", "lstm", "gru"))
    ]
    assert len(set(ends)) == 1


def test_the_chart_says_which_cell_keeps_how_much(open_page: Open) -> None:
    said = alt(open_page(page="gradients", lang="en", curve="skip"), "chart_gradient_norms")
    for cell in ("RNN", "LSTM", "GRU", "LSTM c"):
        assert f" {cell} " in said
