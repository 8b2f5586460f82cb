from __future__ import annotations

import numpy as np
import pytest

from rnn_core.figures import Theme, cliff
from rnn_core.gradients.cliff import FROM, LIMIT, Descent, descend, surface
from tests.rnn_core.figures.cases import LOOKS, data, sound, traces

LOOK = Theme()
SURFACE = surface()
FREE, CLIPPED = descend(limit=None), descend()


def walk(*places: tuple[float, float]) -> Descent:
    """A descent over these places, with the steepest gradient at the last but one."""
    w, b = np.array(places).T
    return Descent(w, b, np.linspace(1, 0.5, len(w)), np.arange(len(w), dtype=float))


def draw(free: Descent = FREE, clipped: Descent = CLIPPED, **options):
    return sound(cliff(SURFACE, free, clipped, LIMIT, **({"lang": "ja", "theme": LOOK} | options)))


@pytest.mark.parametrize("theme", LOOKS)
def test_the_map_is_the_logarithm_of_the_loss_down_to_the_floor(theme: Theme) -> None:
    plotted = traces(draw(theme=theme))[0]
    np.testing.assert_array_equal(plotted["customdata"], SURFACE.loss.astype(np.float32))
    np.testing.assert_allclose(plotted["z"], np.log10(np.maximum(SURFACE.loss, 1e-4)), rtol=1e-5, atol=1e-6)
    np.testing.assert_array_equal(plotted["x"], SURFACE.w)
    np.testing.assert_array_equal(plotted["y"], SURFACE.b)
    assert plotted["z"].max() < plotted["zmax"]


def test_paths_are_the_descents_as_far_as_they_stay() -> None:
    _, casing, clipped, _, free, _ = traces(draw())
    np.testing.assert_array_equal(clipped["x"], CLIPPED.w)
    np.testing.assert_array_equal(clipped["y"], CLIPPED.b)
    np.testing.assert_array_equal(casing["x"], clipped["x"])
    assert casing["line"]["width"] > clipped["line"]["width"]
    count = len(free["x"]) - 1  # the last is where it crosses the frame
    np.testing.assert_array_equal(free["x"][:count], FREE.w[:count])
    assert FREE.w[count] < SURFACE.w[0]
    assert SURFACE.b[0] < free["y"][-1] < SURFACE.b[0] + 0.05
    assert free["marker"]["symbol"][-1] == "triangle-down"


@pytest.mark.parametrize(
    ("away", "symbol"),
    [((9, -0.4), "right"), ((-9, -0.4), "left"), ((2.0, 9), "up"), ((2.0, -9), "down")],
)
def test_an_arrow_points_where_a_path_leaves(away: tuple[float, float], symbol: str) -> None:
    free = walk((2.0, -0.4), (2.0, -0.38), away)
    path = traces(draw(free))[4]
    assert path["marker"]["symbol"] == ["square", "square", f"triangle-{symbol}"]
    step = np.array(away) - [2.0, -0.38]
    drawn = np.array([path["x"][-1], path["y"][-1]]) - [2.0, -0.38]
    np.testing.assert_allclose(drawn[0] * step[1], drawn[1] * step[0], atol=1e-9)
    assert SURFACE.w[0] < path["x"][-1] < SURFACE.w[-1]
    assert SURFACE.b[0] < path["y"][-1] < SURFACE.b[-1]


def test_names_say_where_a_path_went() -> None:
    notes = {note.text for note in draw().figure.layout.annotations}
    assert notes == {"<b>あり</b>", "<b>なし</b><br>→ (−75, −155)", "出発点"}


def test_the_section_is_a_column_of_the_map_at_the_steepest_place() -> None:
    picture = draw()
    section = traces(picture)[-1]
    steepest = FREE.w[np.argmax(FREE.gradient)]
    column = int(np.argmin(np.abs(SURFACE.w - steepest)))
    np.testing.assert_array_equal(section["x"], SURFACE.loss[:, column])
    np.testing.assert_array_equal(section["y"], SURFACE.b)
    assert picture.figure.layout.shapes[0].x0 == SURFACE.w[column]
    low, high = picture.figure.layout.xaxis2.range
    assert low < 0
    assert high > SURFACE.loss.max()


def test_the_finding_says_what_happened() -> None:
    assert draw(lang="en").finding == (
        "Largest gradient in the frame: 1,728. "
        "Unclipped, update 18 has length 173 and leaves it, to (w, b) = (−75, −155). "
        f"Final loss: {CLIPPED.loss[-1]:.2g} clipped, 2.89 unclipped."
    )
    calm = descend((1.5, 0.1), limit=None)
    said = draw(calm, descend((1.5, 0.1)), lang="en").finding
    assert said.startswith("Largest gradient, unclipped: ")
    assert "No unclipped update leaves the frame." in said


def test_one_step_over_the_border_is_no_throw() -> None:
    said = draw(walk((2.59, 0.14), (2.595, 0.145), (2.605, 0.148)), lang="en").finding
    assert "update 2 has length 0.01 and leaves it, to (w, b) = (2.60, 0.15)" in said


def test_from_a_start_outside_the_frame_the_largest_gradient_is_that_of_the_whole_way() -> None:
    way = walk((3.0, 1.0), (2.9, 0.9), (2.0, -0.4), (1.9, -0.4))
    said = draw(way, lang="en").finding
    assert said.startswith("The start is outside the frame. Largest gradient, unclipped: 3.00.")


def test_a_descent_that_is_lost_at_once_has_the_gradient_that_it_had() -> None:
    assert "Largest gradient" in draw(descend(FROM, limit=None, updates=0), lang="en").finding


def test_a_descent_that_is_lost_or_starts_outside_is_no_error() -> None:
    lost = descend(FROM, limit=None, rate=float("inf"))
    assert "∞" in draw(lost).finding or "NaN" in draw(lost).finding
    outside = walk((9.0, 9.0), (8.0, 8.0))
    said = draw(outside, lang="en").finding
    assert said.startswith("The start is outside the frame.")
    names = [trace.get("name") for trace in traces(draw(outside))]
    assert names == ["L", "あり", "あり", "section"]


def test_one_place_is_a_path_too() -> None:
    draw(descend(limit=None, updates=0), descend(updates=0))


def test_another_language_changes_words_only() -> None:
    ja, en = (draw(lang=lang) for lang in ("ja", "en"))
    assert repr([data(trace) for trace in traces(ja)]) == repr([data(trace) for trace in traces(en)])  # NaN is not NaN
    assert ja.finding != en.finding


def test_the_table_has_both_descents_in_full() -> None:
    table = draw(lang="en").table
    np.testing.assert_array_equal(table["w"], np.concatenate([CLIPPED.w, FREE.w]))
    np.testing.assert_array_equal(table["‖∇L‖"], np.concatenate([CLIPPED.gradient, FREE.gradient]))
    assert table["clipping"][0] == "clipped"
    assert table["update"].tolist() == [*range(81), *range(81)]
