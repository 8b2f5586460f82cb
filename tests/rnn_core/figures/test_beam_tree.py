from __future__ import annotations

from math import log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_core.figures import Branch, Theme, beam_tree, beam_width
from rnn_core.figures.beam_tree import LEVEL, ROOT
from tests.rnn_core.figures.cases import LOOKS, data, sound, traces

LOOK = Theme()
TREE = (
    Branch(None, 1, "it", 0.6, log(0.6), ends=False),
    Branch(None, 1, "the", 0.4, log(0.4), ends=False),
    Branch(1, 2, "weather", 0.9, log(0.36), ends=False),
    Branch(0, 2, "is", 0.5, log(0.3), ends=False),
    Branch(2, 3, "<end>", 1.0, log(0.36), ends=True),
    Branch(3, 3, "<end>", 0.5, log(0.15), ends=True),
)


def grown(seed: int, steps: int, width: int) -> tuple[Branch, ...]:
    draw = np.random.default_rng(seed)
    branches: list[Branch] = []
    for step in range(1, steps + 1):
        parents = [at for at, branch in enumerate(branches) if branch.step == step - 1] or [None]
        for rank in range(width):
            parent = parents[rank % len(parents)]
            share = float(draw.uniform(0.1, 1))
            total = share * (1 if parent is None else branches[parent].total)
            branches.append(Branch(parent, step, f"w{rank}", share, log(total), ends=step == steps))
    return tuple(branches)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 99), st.integers(1, 30), st.integers(1, 8), st.sampled_from(LOOKS))
def test_every_beginning_is_a_node_with_its_probability_and_hangs_on_its_parent(
    seed: int, steps: int, width: int, theme: Theme
) -> None:
    tree = grown(seed, steps, width)
    picture = sound(beam_tree(tree, width, lang="en", theme=theme))
    kept, best, nodes, labels, shares = traces(picture)
    np.testing.assert_array_equal(nodes["x"], [branch.step for branch in tree])
    np.testing.assert_array_equal(nodes["customdata"][:, 1], [branch.total for branch in tree])
    np.testing.assert_array_equal(nodes["marker"]["color"], [branch.total for branch in tree])
    words = [label.replace("<b>", "").replace("</b>", "") for label in labels["text"]]
    assert words == [branch.token for branch in tree]
    assert [bool(share) for share in shares["text"]] == [branch.total >= 0.01 for branch in tree]
    for written in (labels, shares):
        np.testing.assert_array_equal(written["x"], nodes["x"])
    places = list(zip(nodes["x"].tolist(), nodes["y"].tolist(), strict=True))
    assert len(set(places)) == len(tree)
    lines = {
        (trace["x"][at], trace["y"][at], trace["x"][at + 3], trace["y"][at + 3])
        for trace in (kept, best)
        for at in range(0, len(trace["x"]), 5)
    }
    parents = [(ROOT, 0) if branch.parent is None else places[branch.parent] for branch in tree]
    assert lines == {(*parent, *place) for parent, place in zip(parents, places, strict=True)}
    assert len(best["x"]) == 5 * steps


def test_the_likelier_stands_higher_and_the_best_whole_output_is_drawn_in_ink() -> None:
    picture = beam_tree(TREE, 2, lang="en", theme=LOOK)
    _, best, nodes, *_ = traces(picture)
    assert list(nodes["y"]) == [0, 1, 0, 1, 0, 1]
    assert list(best["x"][::5]) == [ROOT, 1, 2]
    assert list(best["x"][3::5]) == [1, 2, 3]
    assert list(best["y"][::5]) == [0, 1, 0]
    assert list(best["y"][3::5]) == [1, 0, 0]
    assert best["line"]["color"] == LOOK["ink"]
    assert list(nodes["marker"]["symbol"]) == ["circle"] * 4 + ["square"] * 2


def test_lines_are_level_where_words_and_numbers_stand() -> None:
    _, best, *_ = traces(beam_tree(TREE, 2, lang="en", theme=LOOK))
    x, y = best["x"], best["y"]
    for at in range(0, len(x), 5):
        assert y[at] == y[at + 1]
        assert y[at + 2] == y[at + 3]
        assert x[at] < x[at + 1] < x[at + 2] < x[at + 3]
        assert x[at + 1] - x[at] == pytest.approx(LEVEL * (x[at + 3] - x[at]))


def test_what_is_nearly_certain_is_not_said_to_be() -> None:
    *_, shares = traces(beam_tree([Branch(None, 1, "a", 0.999, log(0.999), ends=False)], 1, lang="en", theme=LOOK))
    assert shares["text"] == ["<b>>99%</b>"]


@pytest.mark.parametrize("theme", LOOKS)
def test_long_words_beside_each_other_have_room(theme: Theme) -> None:
    long = [Branch(None, 1, "temperature", 1, 0, ends=False), Branch(0, 2, "mountains", 1, 0, ends=False)]
    plot = beam_width(long, theme)
    low, high = beam_tree(long, 1, lang="en", theme=theme).figure.layout.xaxis.range
    assert plot / (high - low) > theme.px(0.6 * 15) * (11 + 9) / 2
    letters = [Branch(None, 1, "a", 1, 0, ends=False), Branch(0, 2, "b", 1, 0, ends=False)]
    assert beam_width(letters, theme) < plot


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_finding_has_the_words_and_both_probabilities(lang: str) -> None:
    finding = beam_tree(TREE, 2, lang=lang, theme=LOOK).finding
    assert "the weather" in finding
    assert "36" in finding
    assert "15" in finding
    assert "15" not in beam_tree(TREE[:5], 1, lang=lang, theme=LOOK).finding


def test_letters_are_written_close() -> None:
    letters = [Branch(None, 1, "a", 0.5, log(0.5), ends=False), Branch(0, 2, "b", 0.5, log(0.25), ends=False)]
    assert "“ab”" in beam_tree(letters, 1, lang="en", theme=LOOK).finding


def test_a_search_that_ended_nowhere_takes_the_likeliest_of_its_last_step() -> None:
    assert "the weather" in beam_tree(TREE[:4], 2, lang="en", theme=LOOK).finding


def test_the_language_changes_words_only() -> None:
    ja, en = (beam_tree(TREE, 2, lang=lang, theme=LOOK) for lang in ("ja", "en"))
    assert [data(trace) for trace in traces(ja)] == [data(trace) for trace in traces(en)]


def test_probabilities_have_few_digits_in_the_table() -> None:
    table = beam_tree(TREE, 2, lang="en", theme=LOOK).table
    assert [values.dtype.name for values in table.values() if isinstance(values, np.ndarray)] == ["float32"] * 2
    assert not any("<br>" in str(value) for values in table.values() for value in values)
