from __future__ import annotations

import json
from itertools import pairwise

import numpy as np
import pytest

from rnn_core.colours import SCALES
from rnn_core.figures.theme import CELLS, DASHES, LINES, SYMBOLS, TOKENS, Theme, contrast, luminance
from rnn_core.quantities import CELLS as CELL_NAMES
from rnn_core.quantities import COMPOSED, QUANTITIES

MODES = ("light", "dark")


@pytest.mark.parametrize("mode", MODES)
def test_text_reads_on_both_grounds(mode: str) -> None:
    for ground in ("bg", "surface"):
        for color in (TOKENS[mode]["ink"], TOKENS[mode]["muted"], *LINES[mode]):
            assert contrast(color, TOKENS[mode][ground]) >= 4.5, (ground, color)
        for cell in (*CELL_NAMES, *COMPOSED):
            mark, text = CELLS[cell][mode]
            assert contrast(mark, TOKENS[mode][ground]) >= 3, (ground, cell)
            assert contrast(text, TOKENS[mode][ground]) >= 4.5, (ground, cell)
        assert contrast(TOKENS[mode]["edge"], TOKENS[mode][ground]) >= 3


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("scale", SCALES)
def test_a_sign_reads_on_every_colour_of_a_scale(scale: str, mode: str) -> None:
    theme = Theme(mode)
    for share in np.linspace(0, 1, 81):
        assert contrast(theme.on(scale, share), theme.at(scale, share)) >= 4.5


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("scale", SCALES)
def test_a_scale_goes_one_way_from_the_page(scale: str, mode: str) -> None:
    steps = [abs(luminance(color) - luminance(TOKENS[mode]["bg"])) for color in Theme(mode).ramp(scale)]
    assert len(steps) == 9
    arm = steps[4:] if scale == "signed" else steps
    assert all(a < b for a, b in pairwise(arm))
    if scale == "signed":
        assert all(a > b for a, b in pairwise(steps[:5]))


def test_every_scale_of_the_table_has_colours() -> None:
    assert {row.scale for row in QUANTITIES} <= set(SCALES)


def test_ends_of_a_scale_are_its_stops() -> None:
    theme = Theme("dark")
    stops = theme.colorscale("share")
    assert [stops[0], stops[-1]] == [[0.0, theme.at("share", 0)], [1.0, theme.at("share", 1)]]
    assert theme.at("share", -3) == theme.at("share", 0)
    assert theme.at("share", 0.5) == stops[4][1]


def test_lines_differ_without_colour() -> None:
    assert len(set(DASHES)) == len(set(SYMBOLS)) == len(LINES["light"]) == len(LINES["dark"])


def test_a_projector_has_larger_type_and_little_larger_pictures() -> None:
    desk, far = Theme("light"), Theme("light", 1.7)
    assert (desk.px(10), far.px(10)) == (10, 17)
    assert desk.height(300) == 300
    assert 1.2 < far.height(300) / 300 < 1.3


@pytest.mark.parametrize("mode", MODES)
def test_the_template_is_small_and_opaque(mode: str) -> None:
    template = Theme(mode).template()
    assert len(json.dumps(template)) < 1800
    assert template["layout"]["paper_bgcolor"] == TOKENS[mode]["bg"]
