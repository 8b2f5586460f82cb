from __future__ import annotations

import numpy as np

from rnn_core.figures import Theme, tiles


def test_a_share_that_is_not_little_has_its_percentage_in_what_reads_on_it() -> None:
    written = tiles.percentages(np.array([[0.04, 0.05], [1.0, 0.0]]), Theme())
    assert list(zip(written["x"], written["y"], written["text"], strict=True)) == [(2, 1, "5"), (1, 2, "100")]
    assert written["textfont"]["color"] == ["#000000", "#FFFFFF"]


def test_nearly_all_is_not_said_to_be_all() -> None:
    assert tiles.percentages(np.array([[0.999, 1.0]]), Theme())["text"] == [">99", "100"]


def test_past_the_ends_of_a_scale_its_last_colours_count() -> None:
    places = np.array([1, 2])
    colors = tiles.labels(places, places, ["a", "b"], np.array([-3.0, 7.0]), "size", Theme())["textfont"]["color"]
    assert colors == ["#000000", "#FFFFFF"]


def test_a_map_of_shares_goes_from_none_to_all_whatever_it_holds() -> None:
    values = np.array([[0.2, 0.3]])
    cells = tiles.shares(values, 2, Theme(), x=[1, 2], hoverongaps=False)
    assert (cells["zmin"], cells["zmax"], cells["xgap"], cells["ygap"]) == (0, 1, 2, 2)
    assert cells["colorscale"] == Theme().colorscale("share")
    assert (cells["z"] is values, cells["x"], cells["hoverongaps"]) == (True, [1, 2], False)
