from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_core.figures import Theme, output_change
from tests.rnn_core.figures.cases import LOOKS, data, sound, traces

OUTPUTS = ("nice", "hot", "cold", "<b>", "rain", "snow")
LOOK = Theme()


def sides(seed: int) -> tuple[np.ndarray, np.ndarray]:
    draw = np.random.default_rng(seed)
    return tuple(draw.dirichlet(np.ones(len(OUTPUTS))).astype(np.float32) for _ in range(2))


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 99), st.integers(1, 6), st.sampled_from(LOOKS), st.sampled_from(["ja", "en"]))
def test_the_likeliest_of_both_are_there_with_their_own_probabilities(
    seed: int, count: int, theme: Theme, lang: str
) -> None:
    before, after = sides(seed)
    picture = sound(output_change(before, after, OUTPUTS, lang=lang, theme=theme, count=count))
    names = next(iter(picture.table.values()))
    places = [OUTPUTS.index(name) for name in names]
    for side in (before, after):
        assert set(np.argsort(-side)[:count]) <= set(places)
    _, rings, dots = traces(picture)
    np.testing.assert_array_equal(rings["x"], before[places])
    np.testing.assert_array_equal(dots["x"], after[places])
    assert list(picture.figure.layout.xaxis.range) == [-0.03, 1.03]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_new_first_is_said_and_an_old_one_too(lang: str) -> None:
    before, after = np.array([0.7, 0.2, 0.1]), np.array([0.1, 0.3, 0.6])
    changed = output_change(before, after, OUTPUTS[:3], lang=lang, theme=LOOK).finding
    assert all(said in changed for said in ("cold", "nice", "60", "70", "10"))
    assert "cold" not in output_change(before, before, OUTPUTS[:3], lang=lang, theme=LOOK).finding


def test_words_do_not_become_markup() -> None:
    before, after = sides(1)
    labels = output_change(before, after, OUTPUTS, lang="en", theme=LOOK, count=6).figure.layout.yaxis.ticktext
    assert any("&lt;b&gt;" in label for label in labels)


def test_the_language_changes_words_only() -> None:
    ja, en = (output_change(*sides(2), OUTPUTS, lang=lang, theme=LOOK) for lang in ("ja", "en"))
    assert str([data(trace) for trace in traces(ja)]) == str([data(trace) for trace in traces(en)])
