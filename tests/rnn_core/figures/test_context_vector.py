from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_core import KiokuError
from rnn_core.figures import Picture, Theme, context_vector
from tests.rnn_core.figures.attention_cases import LOOK, read, states, weights
from tests.rnn_core.figures.cases import LOOKS, data, sound, traces


def drawn(row: np.ndarray, encoded: np.ndarray, context: np.ndarray, lang: str = "ja", **style: object) -> Picture:
    added = row.astype(np.float64)[:, None] * encoded.astype(np.float64)
    return context_vector(row, added, context, read(lang, len(row)), "is", **{"theme": LOOK} | style)


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 60), st.integers(1, 48), st.sampled_from(LOOKS), st.sampled_from(["ja", "en"]))
def test_columns_are_states_times_weight_and_the_last_is_the_context(
    source: int, units: int, theme: Theme, lang: str
) -> None:
    row, encoded = weights(1, source)[0], states(source, units)
    context = row @ encoded
    picture = sound(drawn(row, encoded, context, lang, theme=theme))
    cells, bars = traces(picture)
    np.testing.assert_array_equal(bars["y"], row)
    added = row.astype(np.float64)[:, None] * encoded.astype(np.float64)
    np.testing.assert_array_equal(cells["z"][:, :source], added.T)
    assert np.isnan(cells["z"][:, source]).all()
    np.testing.assert_array_equal(cells["z"][:, -1], context)
    assert (cells["zmin"], cells["zmax"]) == (-1, 1)
    np.testing.assert_allclose(cells["z"][:, :source].sum(axis=1), cells["z"][:, -1], atol=1e-6)
    np.testing.assert_array_equal(picture.table["c"], context)


def test_an_order_permutes_rows_and_nothing_else() -> None:
    row, encoded = weights(1)[0], states()
    order = tuple(reversed(range(8)))
    plain, turned = (traces(drawn(row, encoded, row @ encoded, order=way))[0]["z"] for way in (None, order))
    np.testing.assert_array_equal(turned, plain[::-1])


def test_the_finding_says_whose_state_it_is_and_how_exactly_it_sums() -> None:
    row, encoded = np.array([0.1, 0.9], np.float32), states(2)
    finding = drawn(row, encoded, row @ encoded + 0.25, "en").finding
    assert "90%" in finding
    assert "“は”" in finding
    assert "0.25" in finding


def test_what_lies_beyond_the_scale_is_marked() -> None:
    row, encoded = np.array([1.0, 0.0]), states(2).astype(np.float64)
    encoded[0, 0] = 3
    picture = drawn(row, encoded, row @ encoded)
    assert [mark.glyph for mark in picture.legend.marks] == ["△"]
    assert [list(trace["x"]) for trace in traces(picture)[2:]] == [[1, 4]]
    wide = drawn(row, encoded, row @ encoded, limit=3.0)
    assert (traces(wide)[0]["zmin"], traces(wide)[0]["zmax"]) == (-3, 3)
    assert not wide.legend.marks


def test_the_language_changes_words_only() -> None:
    row, encoded = weights(1)[0], states()
    ja, en = (drawn(row, encoded, row @ encoded, lang) for lang in ("ja", "en"))
    assert str([data(trace) for trace in traces(ja)]) == str([data(trace) for trace in traces(en)])


@pytest.mark.parametrize(
    ("row", "encoded", "context"), [((5,), (6, 8), (8,)), ((6,), (5, 8), (8,)), ((6,), (6, 8), (4,))]
)
def test_other_shapes_are_refused(row: tuple[int], encoded: tuple[int, int], context: tuple[int]) -> None:
    with pytest.raises(KiokuError):
        context_vector(np.ones(row), np.ones(encoded), np.ones(context), read(), "is", theme=LOOK)
