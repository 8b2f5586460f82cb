from __future__ import annotations

import numpy as np
import pytest

from rnn_core.errors import KiokuError
from rnn_core.figures import Theme, heads_look, self_attention
from rnn_core.messages import LANGUAGES
from tests.rnn_core.figures.cases import GLOSSES, LOOKS, WORDS, data, sound, traces, words


def attention(steps: int = 6, heads: int = 4, seed: int = 0) -> np.ndarray:
    """Weights as a causal model has them, (T, heads, T)."""
    made = np.random.default_rng(seed).random((steps, heads, steps)) ** 3
    made *= np.tri(steps)[:, None]
    return (made / made.sum(axis=2, keepdims=True)).astype(np.float32)


def draw(weights=None, head: int = 1, tokens=WORDS, **options):
    given = attention(len(tokens)) if weights is None else weights
    return sound(self_attention(given, head, tokens, **({"lang": "ja", "theme": Theme(), "step": 5} | options)))


def test_the_map_is_the_heads_own_and_later_words_are_paper() -> None:
    weights = attention()
    cells, _ = traces(draw(weights))
    np.testing.assert_array_equal(cells["customdata"], weights[:, 1])
    lower = np.tri(6, dtype=bool)
    np.testing.assert_array_equal(cells["z"][lower], weights[:, 1][lower])
    assert np.isnan(cells["z"][~lower]).all()
    assert (cells["zmin"], cells["zmax"]) == (0, 1)


def test_numbers_are_percentages_of_what_is_not_little() -> None:
    weights = attention()
    _, numbers = traces(draw(weights))
    rows, columns = np.nonzero(weights[:, 1] >= 0.05)
    assert list(zip(numbers["y"], numbers["x"], strict=True)) == list(zip(rows + 1, columns + 1, strict=True))
    assert list(numbers["text"]) == [f"{100 * share:.0f}" for share in weights[:, 1][rows, columns]]
    assert len(traces(draw(tokens=words(20), step=0))) == 1
    assert "百分率" in draw().method
    assert "百分率" not in draw(tokens=words(20), step=0).method


def test_the_finding_names_the_word_that_is_looked_at_most() -> None:
    weights = np.zeros((3, 1, 3), np.float32)
    weights[0, 0, 0] = weights[1, 0, 1] = 1
    weights[2, 0] = 0.25, 0.75, 0
    assert draw(weights, 0, ("今日", "は", "暑い"), step=2).finding == "「暑い」の注意は「は」に最も多い：75%。"
    said = draw(weights, 0, ("今日", "は", "暑い"), step=1, lang="en", glosses=("today", "topic", "hot")).finding
    assert said == "“は” (topic) attends most to itself: 100%."
    both = np.concatenate([weights, weights[:, :, ::-1]], axis=1)
    said = heads_look(both, ("今日", "は", "暑い"), step=2, lang="en")
    assert said == "Most attention of “暑い”: head 1 “は” (75%); head 2 “は” (75%)."


def test_equal_weights_are_not_called_the_most() -> None:
    """The same word three times without positional encoding: which one has the most is rounding alone."""
    equal = np.full((3, 2, 3), 1 / 3, np.float32)
    equal[2, :, 1] = np.nextafter(equal[2, :, 1], np.float32(1))
    finding = draw(equal, 0, ("犬",) * 3, step=2, lang="en").finding
    assert finding == "Several get the most attention of word 3, “犬” equally: 33% each (3)."
    said = heads_look(equal, ("犬",) * 3, step=2, lang="en")
    assert said == "Most attention of word 3, “犬”: head 1 33% to each of 3; head 2 33% to each of 3."
    equal[2, 1] = 0.2, 0.2, 0.6
    assert "head 2 word 3, “犬” (60%)" in heads_look(equal, ("犬",) * 3, step=2, lang="en")


@pytest.mark.parametrize("theme", LOOKS, ids=str)
@pytest.mark.parametrize("steps", [1, 2, 12, 13, 60])
def test_it_can_be_drawn_at_every_length(theme: Theme, steps: int) -> None:
    layout = draw(tokens=words(steps), step=0, theme=theme).figure.to_plotly_json()["layout"]
    assert layout["yaxis"]["range"] == [steps + 0.5, 0.5]
    assert layout["xaxis"]["range"] == [0.5, steps + 0.5]


def test_a_map_is_too_small_for_meanings() -> None:
    labels = "".join(draw(lang="en", glosses=GLOSSES).figure.layout.xaxis.ticktext)
    assert not any(gloss in labels for gloss in GLOSSES if gloss)


def test_languages_change_words_only() -> None:
    ja, en = (repr([data(trace) for trace in traces(draw(lang=lang, glosses=GLOSSES))]) for lang in LANGUAGES)
    assert ja == en


@pytest.mark.parametrize("shape", [(6, 6), (5, 4, 6), (6, 4, 5)])
def test_what_is_no_map_of_these_words_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(KiokuError) as caught:
        draw(np.zeros(shape, np.float32))
    assert caught.value.code == "figure_attention"
