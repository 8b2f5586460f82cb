from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_core.figures import Theme, clipping
from rnn_core.runs import Run
from tests.rnn_core.figures.cases import LOOKS, data, sound, traces

LOOK = Theme()
BEFORE = np.array([700.0, 40.0, 0.5, 3.0])
CLIPPED = Run(np.array([2.9, 2.0, 1.5, 1.0]), BEFORE, np.minimum(BEFORE, 1.0))
LOST = Run(np.array([2.9, 1e5]), np.array([700.0, np.inf]), np.array([700.0, np.nan]))
FREE = Run(np.array([2.9, 2.5, 2.4, 2.2]), BEFORE, BEFORE)


def draw(clipped: Run = CLIPPED, free: Run = LOST, threshold: float = 1.0, **options):
    return sound(clipping(clipped, free, threshold, **({"lang": "ja", "theme": LOOK} | options)))


def by_name(picture) -> dict[str, dict]:
    return {trace["name"]: trace for trace in traces(picture) if "meta" not in trace}


def test_rings_are_before_and_dots_after_with_a_stem_for_what_was_cut() -> None:
    picture = draw()
    drawn = by_name(picture)
    np.testing.assert_array_equal(drawn["クリッピング前"]["customdata"], BEFORE)
    np.testing.assert_array_equal(drawn["クリッピング前"]["y"], BEFORE)
    np.testing.assert_array_equal(drawn["クリッピング後"]["y"], CLIPPED.after)
    np.testing.assert_array_equal(drawn["クリッピングなしの学習"]["customdata"], LOST.before)
    assert drawn["クリッピング前"]["marker"]["symbol"] == "circle-open"
    stems = drawn["cut"]
    assert stems["x"].tolist() == [1, 1, 1, 2, 2, 2, 4, 4, 4]
    np.testing.assert_array_equal(stems["y"], [700, 1, np.nan, 40, 1, np.nan, 3, 1, np.nan])
    assert picture.key == "clipping"


@pytest.mark.parametrize(("value", "kind"), [(np.inf, "plus_infinity"), (np.nan, "nan")])
def test_a_lost_run_is_shown_at_its_step(value: float, kind: str) -> None:
    free = Run(LOST.loss, np.array([700.0, value]), LOST.after)
    picture = draw(free=free)
    (sign,) = [trace for trace in traces(picture) if "meta" in trace]
    assert (sign["meta"], sign["x"].tolist(), sign["yaxis"]) == (kind, [2], "y3")
    assert len(picture.legend.marks) == 4


@pytest.mark.parametrize("threshold", [1.0, 0.02])
def test_the_limit_is_a_line_for_the_norm_and_not_for_single_numbers(threshold: float) -> None:
    layout = draw(threshold=threshold).figure.layout
    line = layout.shapes[-1]
    assert (line.y0, line.y1) == (threshold, threshold)
    assert layout.annotations[0].text == f"上限 {threshold:g}"
    assert layout.annotations[0].y == pytest.approx(np.log10(threshold))
    assert layout.yaxis.range[0] < np.log10(threshold)
    layout = draw(clip="value", threshold=threshold).figure.layout
    assert len(layout.annotations) == 0
    assert all(shape.type == "rect" for shape in layout.shapes)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            {},
            "Without clipping, training ends at update 2, with ∞. With it, 3 of 4 gradients are scaled down "
            "to 1, and training runs to the end.",
        ),
        (
            {"free": FREE},
            "Without clipping, the gradient stays finite too (at most 700). With it, 3 of 4 gradients are "
            "scaled down to 1, and training runs to the end.",
        ),
        (
            {"clipped": LOST, "clip": "value"},
            "Without clipping, training ends at update 2, with ∞. With it, components beyond ±1 are clipped "
            "in 0 of 2 updates, but training still ends at update 2, with ∞.",
        ),
    ],
)
def test_the_finding_says_how_each_run_ended(options: dict, said: str) -> None:
    assert draw(lang="en", **options).finding == said


def test_a_loss_that_is_lost_before_its_gradient_is_named() -> None:
    free = Run(np.array([np.nan]), np.array([2.0]), np.array([np.nan]))
    assert "update 1, with NaN" in draw(free=free, lang="en").finding


@settings(max_examples=20, deadline=None)
@given(st.sampled_from([1, 6, 60, 200]), st.sampled_from(LOOKS), st.sampled_from(["norm", "value"]), st.randoms())
def test_any_run_is_drawn(steps: int, theme: Theme, clip: str, chance) -> None:
    def any_run(count: int) -> Run:
        odd = [0.0, np.inf, np.nan, 1e-30, 1.0, 1e30]
        return Run(*(np.array(chance.choices(odd, k=count)) for _ in range(3)))

    picture = draw(any_run(steps), any_run(chance.randint(1, steps)), theme=theme, clip=clip)
    assert len(picture.table["クリッピング前"]) == steps


def test_another_language_changes_words_only() -> None:
    ja, en = (draw(lang=lang) for lang in ("ja", "en"))
    assert repr([data(trace) for trace in traces(ja)]) == repr([data(trace) for trace in traces(en)])  # NaN is not NaN
    assert ja.finding != en.finding


def test_the_table_has_the_exact_numbers_of_both_runs() -> None:
    table = draw(lang="en").table
    np.testing.assert_array_equal(table["before clipping"], BEFORE)
    np.testing.assert_array_equal(table["after clipping"], CLIPPED.after)
    assert table["training without clipping"] == (700.0, np.inf, None, None)
