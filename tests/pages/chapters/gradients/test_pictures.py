from __future__ import annotations

import json
from typing import TYPE_CHECKING

from pages._chapters.gradients.pictures import FEW, LONG, SHORT, decades
from rnn_core.quantities import CELLS
from tests.pages.reading import alt, charts, html, picture

if TYPE_CHECKING:
    from tests.pages.conftest import Open


def test_the_axis_does_not_follow_the_knobs() -> None:
    assert decades(FEW) == SHORT
    assert decades(FEW + 1) == LONG


def test_the_three_maps_share_their_scale(open_page: Open) -> None:
    at = open_page(page="gradients", curve="skip", part="influence")
    ends = [
        (first["zmin"].item(), first["zmax"].item())
        for first in (charts(at, f"chart_influence_{cell}")[0] for cell in ("rnn", "lstm", "gru"))
    ]
    assert len(set(ends)) == 1


def test_the_chart_says_which_cell_keeps_how_much(open_page: Open) -> None:
    said = alt(open_page(page="gradients", lang="en", curve="skip", part="norms"), "chart_gradient_norms")
    for cell in ("RNN", "LSTM", "GRU", "LSTM c"):
        assert f" {cell} " in said


def test_what_the_steps_do_is_said_beside_what_one_can(open_page: Open) -> None:
    at = open_page(page="gradients", lang="en", curve="skip", part="eigenvalues")
    assert alt(at, "chart_stretch_rnn").endswith("All 59 steps together: at most 10⁻²⁶.")
    axes = [json.loads(picture(at, f"chart_stretch_{cell}"))["layout"]["yaxis"]["range"] for cell in CELLS]
    assert axes[0] == axes[1] == axes[2]


def test_with_no_word_before_the_loss_nothing_is_said_of_a_reach(open_page: Open) -> None:
    sizes, steps = (
        open_page(page="gradients", lang="en", text="犬", length="once", part=part) for part in ("norms", "eigenvalues")
    )
    assert "Reach (1% left)" not in html(sizes)
    assert "no step back" in alt(steps, "chart_stretch_rnn")


def test_steps_that_are_left_out_are_said(open_page: Open) -> None:
    said = [
        html(open_page(page="gradients", lang="en", curve="skip", part="eigenvalues", hidden=size))
        for size in ("16", "64")
    ]
    assert ["at some steps only" in one for one in said] == [False, True]


def test_an_orthogonal_matrix_has_both_numbers(open_page: Open) -> None:
    at = open_page(page="gradients", lang="en", curve="skip", part="eigenvalues", start="orthogonal", rho="1")
    assert alt(at, "chart_eigenvalues_rnn").startswith("Wₕₕ: ρ = 1.00, σₘₐₓ = 1.00.")
