from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_core import KiokuError
from rnn_core.figures import Theme, agreement, explanation
from tests.rnn_core.figures.attention_cases import LOOK, read, weights, written
from tests.rnn_core.figures.cases import LOOKS, data, sound, traces


def measured(source: int = 6) -> tuple[np.ndarray, ...]:
    return weights(1, source)[0], weights(1, source, 1)[0], weights(1, source, 2)[0] - np.float32(0.1)


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 60), st.sampled_from(LOOKS), st.sampled_from(["ja", "en"]))
def test_each_lane_is_what_was_measured_and_all_share_the_words(source: int, theme: Theme, lang: str) -> None:
    rows = measured(source)
    picture = sound(explanation(*rows, (0.5, -0.25), read(lang, source), "is", theme=theme))
    for lane, values in zip(traces(picture), rows, strict=True):
        np.testing.assert_array_equal(lane["y"], values)
        np.testing.assert_array_equal(lane["x"], np.arange(1, source + 1))
    layout = picture.figure.layout
    assert {axis.range[1] for axis in (layout.yaxis, layout.yaxis2, layout.yaxis3)} == {1}
    assert layout.yaxis3.range[0] <= rows[2].min()
    domains = [axis.domain for axis in (layout.yaxis, layout.yaxis2, layout.yaxis3)]
    assert all(lower[1] < upper[0] for upper, lower in pairwise(domains))


def test_the_finding_names_the_first_of_each_and_how_far_they_agree() -> None:
    rows = [np.eye(6)[at] for at in (0, 2, 4)]
    finding = explanation(*rows, (0.5, -0.25), read("en"), "is", theme=LOOK).finding
    for said in ("“今日”", "“天気”", "“良い”", "+0.50", "−0.25", "“is”"):
        assert said in finding


@pytest.mark.parametrize("theme", LOOKS)
def test_the_agreement_of_every_word_is_a_point_of_each_kind(theme: Theme) -> None:
    draw = np.random.default_rng(0)
    both = draw.uniform(-1, 1, (2, 9))
    picture = sound(agreement(*both, written("en"), theme=theme))
    for points, values in zip(traces(picture), both, strict=True):
        np.testing.assert_array_equal(points["x"], values)
        np.testing.assert_array_equal(points["y"], np.arange(1, 10))
    assert len({points["marker"]["symbol"] for points in traces(picture)}) == 2
    assert f"{both[1].min():.2f}".replace("-", "−") in picture.finding


def test_a_network_that_does_not_look_back_has_two_lanes() -> None:
    _, gradient, deletion = measured()
    picture = sound(explanation(None, gradient, deletion, (np.nan, np.nan), read("en"), "is", theme=LOOK))
    assert len(traces(picture)) == 2
    assert "attention" not in picture.finding


def test_an_agreement_that_there_is_none_of_is_a_dash() -> None:
    rows = measured()
    assert "–" in explanation(*rows, (np.nan, 0.5), read("en"), "is", theme=LOOK).finding


def test_without_an_order_nothing_is_said_of_it() -> None:
    lost = np.full(1, np.nan)
    assert "no order" in agreement(lost, lost, written("en", 1), theme=LOOK).finding
    some = np.array([0.5, np.nan])
    assert "0.50" in agreement(some, np.full(2, np.nan), written("en", 2), theme=LOOK).finding


def test_the_language_changes_words_only() -> None:
    ja, en = (explanation(*measured(), (0.5, 0.1), read(lang), "is", theme=LOOK) for lang in ("ja", "en"))
    assert [data(trace) for trace in traces(ja)] == [data(trace) for trace in traces(en)]


def test_other_lengths_are_refused() -> None:
    with pytest.raises(KiokuError):
        explanation(*measured(5), (0.0, 0.0), read(), "is", theme=LOOK)
    with pytest.raises(KiokuError):
        agreement(np.zeros(4), np.zeros(4), written(), theme=LOOK)
