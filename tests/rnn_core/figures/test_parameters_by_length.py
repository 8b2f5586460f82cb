from __future__ import annotations

import pytest

from rnn_core.figures import Theme, parameters_by_length
from rnn_core.models import sizes
from rnn_core.order import NETWORKS
from rnn_core.text.tokenizer import MAX_TOKENS
from tests.rnn_core.figures.cases import LOOKS, data, sound, traces

COUNTS = {spec: sizes.by_length(spec, range(1, MAX_TOKENS + 1)) for spec in NETWORKS}


def draw(words: int = 5, **options):
    return sound(parameters_by_length(COUNTS, words, **({"lang": "ja", "theme": Theme()} | options)))


def test_a_line_is_what_the_modules_hold() -> None:
    drawn = traces(draw())
    assert [line["y"].tolist() for line in drawn] == [list(numbers) for numbers in COUNTS.values()]
    assert all(line["x"].tolist() == list(range(1, 61)) for line in drawn)


def test_only_the_window_grows() -> None:
    grows = [line["name"] for line in traces(draw()) if len(set(line["y"].tolist())) > 1]
    assert grows == ["MLP（窓）"]


def test_the_finding_counts_the_window_of_the_sentence_and_of_the_longest() -> None:
    assert draw().finding == (
        "窓つき MLP のパラメータ数は 5 語で 3,872、60 語で 46,112。RNN は何語でも 1,856 で、最大の窓の 1/25。"
    )
    assert "9,248" in draw(12, lang="en").finding


def test_of_the_longest_sentence_its_window_is_counted_once() -> None:
    assert draw(60, lang="en").finding.count("46,112") == draw(60).finding.count("46,112") == 1
    assert draw(59, lang="en").finding.count("46,112") == 1


@pytest.mark.parametrize("words", [1, 60])
def test_the_sentence_has_its_line(words: int) -> None:
    (here,) = draw(words).figure.to_plotly_json()["layout"]["shapes"]
    assert here["x0"] == here["x1"] == words


@pytest.mark.parametrize("theme", LOOKS)
def test_language_and_look_change_no_number(theme: Theme) -> None:
    ja, en = ([data(line) for line in traces(draw(lang=lang, theme=theme))] for lang in ("ja", "en"))
    assert ja == en
