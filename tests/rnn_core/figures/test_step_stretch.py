from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_core import KiokuError
from rnn_core.figures import Theme, common_decades, step_stretch
from rnn_core.quantities import CELLS
from tests.rnn_core.figures.cases import LOOKS, WORDS, data, sound, traces, words

LOOK = Theme()
STRETCH = np.array([2.5, 2.0, 3.0, 2.0, 2.65, np.nan])
PRODUCTS = np.array([-26.0, -20.0, -3.0, -1.0, 0.4, 0.0])
BOUNDS = np.array([3.0, 2.0, 1.5, 1.0, 0.4, 0.0])


def draw(cell="rnn", stretch=STRETCH, products=PRODUCTS, bounds=BOUNDS, at=5, **options):
    tokens = words(len(stretch))
    look = {"lang": "en", "theme": LOOK} | options
    return sound(step_stretch(cell, stretch, products, bounds, tokens, at, **look))


def by_name(picture) -> dict[str, dict]:
    return {trace["name"]: trace for trace in traces(picture) if "meta" not in trace}


@pytest.mark.parametrize("cell", CELLS)
def test_the_lines_are_the_numbers_and_what_was_not_computed_is_no_number_lost(cell: str) -> None:
    products = np.where(np.arange(6) == 1, np.nan, PRODUCTS)
    picture = draw(cell, products=products)
    lines = by_name(picture)
    np.testing.assert_array_equal(lines["product of their σₘₐₓ"]["y"], 10.0**BOUNDS)
    np.testing.assert_array_equal(lines["σₘₐₓ of all steps together"]["y"], 10.0**products)
    np.testing.assert_array_equal(picture.table["σₘₐₓ"], STRETCH)
    assert [trace for trace in traces(picture) if "meta" in trace] == []
    assert picture.key == f"stretch_{cell}"
    assert [mark.glyph for mark in picture.legend.marks] == ["━", "─"]
    (line,) = (shape for shape in picture.figure.layout.shapes if shape.y0 == shape.y1 == 1)
    assert (line.x0, line.x1) == (0, 1)


def test_the_finding_says_what_a_step_can_stretch_and_what_all_of_them_do() -> None:
    assert draw().finding == "One step stretches by at most σₘₐₓ = 2.00 to 3.00. All 5 steps together: at most 10⁻²⁶."


def test_a_product_of_0_has_its_sign_and_one_too_small_for_a_float_has_none() -> None:
    picture = draw(products=np.array([-np.inf, -400.0, -3.0, -1.0, 0.4, 0.0]))
    assert picture.finding.endswith("at most 0.")
    (zero,) = (trace for trace in traces(picture) if "meta" in trace)
    assert (zero["meta"], zero["x"].tolist()) == ("zero", [1])
    assert picture.legend.marks[-1].glyph == "○"
    assert common_decades(np.array([-400.0, np.nan])) == (-300.0, 0.0)


@pytest.mark.parametrize(
    ("at", "product", "said"),
    [
        (0, 0.0, "The loss is at the first word; there is no step back."),
        (1, 0.0, "Each step stretches by at most σₘₐₓ = 1.00. All 1 step together: at most 1 ×."),
        (3, np.nan, "The step Jacobians are not finite."),
        (3, 412.0, "Each step stretches by at most σₘₐₓ = 1.00. All 3 steps together: at most 10⁴¹²."),
    ],
)
def test_what_there_is_none_or_one_of(at: int, product: float, said: str) -> None:
    stretch = np.where(np.arange(6) < at, 1.0, np.nan)
    assert draw(stretch=stretch, products=np.full(6, product), at=at).finding == said


@settings(max_examples=20, deadline=None)
@given(
    st.sampled_from([1, 6, 60, 200]),
    st.sampled_from(LOOKS),
    st.sampled_from(["ja", "en"]),
    st.one_of(st.floats(-5000, 5000), st.just(-np.inf), st.just(np.nan)),
    st.randoms(),
)
def test_any_length_is_drawn(steps: int, theme: Theme, lang: str, product: float, chance) -> None:
    odd = [np.nan, 0.0, 1e-300, 1e300, 1.0, product]
    stretch, products, bounds = (np.array(chance.choices(odd, k=steps)) for _ in range(3))
    ends = common_decades(products, bounds)
    at = chance.randrange(steps)
    picture = draw("lstm", np.abs(stretch), products, bounds, at, theme=theme, lang=lang, decades=ends)
    assert 100 < picture.figure.layout.height < 800


def test_another_language_changes_words_only() -> None:
    ja, en = (draw(lang=lang) for lang in ("ja", "en"))
    assert repr([data(trace) for trace in traces(ja)]) == repr([data(trace) for trace in traces(en)])  # NaN is not NaN
    assert ja.finding != en.finding


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(KiokuError, match=r"steps of RNN \(6\)"):
        step_stretch("rnn", STRETCH, PRODUCTS, BOUNDS, WORDS[:2], 1, lang="en", theme=LOOK)
