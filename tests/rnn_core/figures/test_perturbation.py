from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_core import KiokuError
from rnn_core.figures import Theme, judge_share, perturbation, share_left
from rnn_core.figures.words import Words, quoted
from rnn_core.messages import LANGUAGES, text
from tests.rnn_core.figures.cases import GLOSSES, LOOKS, WORDS, sound, traces, words

GAPS = {
    "rnn": np.array([1.0, 0.5, 0.2, 0.05, 0.02, 0.01]),
    "lstm": np.array([0.4, 0.4, 0.3, 0.3, 0.3, 0.2]),
    "gru": np.array([0.8, 0.5, 0.2, 0.1, 0.05, 0.04]),
}


READ = {"rnn": 0.01, "lstm": 0.3, "gru": 0.04}


def draw(gaps=GAPS, read=READ, **options):
    tokens = words(len(gaps["rnn"]))
    return sound(perturbation(gaps, read, tokens, "昨日", **({"lang": "en", "theme": Theme()} | options)))


@pytest.mark.parametrize("theme", LOOKS)
def test_a_line_a_cell_on_one_axis_and_what_the_reply_reads_at_its_end(theme: Theme) -> None:
    made = draw(theme=theme, glosses=GLOSSES)
    lines = {trace["name"]: trace for trace in traces(made)}
    assert list(lines) == ["RNN", "LSTM", "GRU"]
    for cell, values in GAPS.items():
        np.testing.assert_allclose(lines[cell.upper()]["customdata"], np.array([*values, READ[cell]]) / values[0])
    assert made.figure.layout.xaxis.ticktext[-1] == "reply"
    assert made.figure.layout.yaxis.type == "log"
    assert made.key == "difference"


def test_the_finding_is_of_what_the_reply_reads() -> None:
    assert draw().finding == (
        "For the reply, most of “今日” → “昨日” is left in the LSTM (0.75 ×), least in the RNN (1/100)."
    )


def test_the_guess_stands_in_the_picture() -> None:
    made = draw(guess="gru", lang="en")
    (ring,) = [trace for trace in traces(made) if trace["name"] == "guess"]
    assert (list(ring["x"]), list(ring["y"])) == ([7], [pytest.approx(0.05)])
    assert made.legend.marks[-1].meaning == "your guess"
    assert "your guess" not in [mark.meaning for mark in draw().legend.marks]


def test_what_ties_is_right_and_what_is_near_is_nearly_so() -> None:
    shares = {"rnn": 0.5041, "lstm": 0.504, "gru": 0.26, "attentive": 0.1}
    verdicts = {cell: judge_share(shares, cell) for cell in (*shares, "transformer")}
    assert verdicts == {"rnn": "right", "lstm": "right", "gru": "near", "attentive": "wrong", "transformer": "wrong"}


SHARES = st.floats(0, 1e6)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(SHARES, SHARES), min_size=3, max_size=3), st.sampled_from([1, 6, 60]), st.sampled_from(LANGUAGES)
)
def test_there_is_always_a_right_answer_and_the_finding_names_it(ends, steps: int, lang: str) -> None:
    gaps = {cell: np.full(steps, first) for cell, (first, _) in zip(GAPS, ends, strict=True)}
    read = {cell: last for cell, (_, last) in zip(GAPS, ends, strict=True)}
    finding = perturbation(gaps, read, words(steps), "昨日", lang=lang, theme=Theme()).finding
    shares = share_left(gaps, read)
    assert "NaN" not in finding
    assert "inf" not in finding
    if not shares:
        assert finding == text(
            "perturbation.none", lang, first=Words(words(steps), (), lang).said(0), other=quoted("昨日", "", lang)
        )
        return
    right = [cell for cell in shares if judge_share(shares, cell) == "right"]
    assert right
    if steps > 1 and len(right) < len(shares):
        assert any(cell.upper() in finding for cell in right)


def test_zeros_lie_on_the_shelf_and_are_no_winner() -> None:
    none = {cell: np.zeros(6) for cell in GAPS}
    made = draw(none, dict.fromkeys(GAPS, 0.0))
    assert "no state changes." in made.finding
    assert [mark.glyph for mark in made.legend.marks][-1] == "○"
    assert share_left(none, dict.fromkeys(GAPS, 0.0)) == {}


def test_the_same_word_changes_nothing_and_says_so() -> None:
    made = perturbation({"rnn": np.zeros(6)}, {"rnn": 0.0}, WORDS, WORDS[0], lang="ja", theme=Theme())
    assert "何も変わらない" in made.finding


def test_after_one_word_nothing_has_been_lost() -> None:
    made = draw({cell: values[:1] for cell, values in GAPS.items()}, {cell: values[0] for cell, values in GAPS.items()})
    assert made.finding == "“今日” → “昨日”: the sentence ends there, so nothing has been lost yet."


def test_where_all_keep_as_much_none_keeps_most() -> None:
    made = draw(read={cell: values[0] / 4 for cell, values in GAPS.items()})
    assert "equally much of the change is left in all of them (1/4)" in made.finding


def test_sixty_words_fit() -> None:
    made = draw({cell: np.geomspace(1, 1e-7, 60) for cell in GAPS}, lang="ja")
    assert made.figure.layout.xaxis.ticktext[-1] == "返事"
    assert made.figure.layout.xaxis.tickvals[-1] == 61


def test_there_is_a_distance_a_word() -> None:
    with pytest.raises(KiokuError):
        perturbation(GAPS, READ, WORDS[:2], "昨日", lang="ja", theme=Theme())
