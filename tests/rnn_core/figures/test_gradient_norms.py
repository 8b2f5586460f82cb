from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_core import KiokuError
from rnn_core.figures import Theme, gradient_norms, gradient_reach
from rnn_core.gradients import decay
from rnn_core.quantities import CELLS
from tests.rnn_core.figures.cases import GLOSSES, LOOKS, WORDS, data, sound, traces, words

LOOK = Theme()
NORMS = {
    "rnn": np.array([0.03, 0.05, 0.1, 0.2, 0.5, 1.0]),
    "lstm": np.array([0.019, 0.02, 0.04, 0.08, 0.1, 1.0]),
    "gru": np.array([0.04, 0.06, 0.1, 0.2, 0.5, 1.0]),
}
C = {"lstm": np.array([0.05, 0.1, 0.2, 0.3, 0.4, 0.5])}


def draw(norms=NORMS, at: int = 5, **options):
    tokens = words(len(next(iter(norms.values()))))
    return sound(gradient_norms(norms, tokens, at, **({"lang": "ja", "theme": LOOK} | options)))


def by_name(picture) -> dict[str, dict]:
    return {trace["name"]: trace for trace in traces(picture) if "meta" not in trace}


@pytest.mark.parametrize("theme", LOOKS)
def test_the_lines_are_the_norms(theme: Theme) -> None:
    picture = draw(theme=theme, cell_states=C)
    drawn = by_name(picture)
    for cell in CELLS:
        np.testing.assert_array_equal(drawn[cell.upper()]["customdata"], NORMS[cell])
        np.testing.assert_array_equal(drawn[cell.upper()]["y"], NORMS[cell])
        np.testing.assert_array_equal(picture.table[f"{cell.upper()} ‖∂L/∂h‖"], NORMS[cell])
    np.testing.assert_array_equal(drawn["LSTM <i>c</i>"]["customdata"], C["lstm"])
    np.testing.assert_array_equal(picture.table["LSTM ‖∂L/∂c‖"], C["lstm"])
    assert picture.key == "gradient_norms"
    assert picture.figure.layout.yaxis.type == "log"
    assert [mark.glyph for mark in picture.legend.marks] == ["■", "●", "◆", "─"]


def test_the_finding_says_what_becomes_of_the_error() -> None:
    assert draw().finding == "「ね」から 5 語前の「今日」まで戻ると、勾配のノルムは RNN 1/33、LSTM 1/53、GRU 1/25。"
    assert draw(lang="en", cell_states=C).finding == (
        "Gradient 5 words back, at “今日”, relative to “ね”: RNN 1/33, LSTM 1/53, GRU 1/25, LSTM c 1/10."
    )
    assert "語ごと" not in draw().finding


def test_an_error_that_grows_is_a_multiple() -> None:
    said = draw({"rnn": np.array([120.0, 10.0, 1.0])}, 2).finding
    assert said == "「天気」から 2 語前の「今日」まで戻ると、勾配のノルムは RNN 120 倍。"
    said = draw({"rnn": np.array([1e200, 1e-200]), "gru": np.array([1e-200, 1e200])}, 1, lang="en").finding
    assert said.endswith("RNN 10⁴⁰⁰ ×, GRU 10⁻⁴⁰⁰.")


def test_a_peak_on_the_way_is_said() -> None:
    said = draw({"rnn": np.array([0.1, 3.0, 1.0])}, 2, lang="en").finding
    assert said.endswith("In the RNN it is largest on the way, at “は” (3 ×).")


def test_nearly_all_that_is_left_is_a_plain_number_and_not_all() -> None:
    assert "RNN still > 99% after 3 words" in gradient_reach({"rnn": np.array([0.999, 1.0, 1.0, 1.0])}, 3, lang="en")


def test_after_the_loss_there_is_exactly_nothing_and_that_is_shown() -> None:
    norms = {cell: np.where(np.arange(6) > 3, 0, values) for cell, values in NORMS.items()}
    picture = draw(norms, 3)
    zeros = [trace for trace in traces(picture) if trace.get("meta") == "zero"]
    assert [trace["x"].tolist() for trace in zeros] == [[5, 6]] * 3
    assert {trace["yaxis"] for trace in zeros} == {"y2"}
    assert all(np.isnan(by_name(picture)[cell.upper()]["y"][4:]).all() for cell in CELLS)
    assert picture.finding.endswith("「が」より後は、どれもちょうど 0。")
    assert picture.legend.marks[-1].meaning == "ちょうど 0"
    norms["gru"] = np.array([0.1, 0.1, 0.1, 0.1, 0.0, 0.1])
    assert "より後" not in draw(norms, 3).finding


def test_zero_infinity_and_nan_are_said_and_shown() -> None:
    norms = {"rnn": np.array([0.0, 1.0]), "lstm": np.array([np.inf, 1.0]), "gru": np.array([np.nan, 1.0])}
    picture = draw(norms, 1)
    assert "RNN 0、LSTM ∞、GRU NaN" in picture.finding
    assert {trace["meta"] for trace in traces(picture) if "meta" in trace} == {"zero", "plus_infinity", "nan"}
    for cell, values in norms.items():
        np.testing.assert_array_equal(by_name(picture)[cell.upper()]["customdata"], values)
    sound(draw({"rnn": np.full(4, np.nan)}, 3))
    sound(draw({"rnn": np.zeros(4)}, 3))


def test_a_loss_at_the_first_word_has_nothing_before_it() -> None:
    assert draw(at=0, lang="en").finding.startswith("The loss is at the first word, “今日”, with no word before it.")


@settings(max_examples=25, deadline=None)
@given(st.sampled_from([1, 6, 13, 60, 200]), st.sampled_from(LOOKS), st.sampled_from(["ja", "en"]), st.randoms())
def test_any_length_is_drawn(steps: int, theme: Theme, lang: str, chance) -> None:
    norms = {cell: np.array([10 ** chance.uniform(-300, 300) for _ in range(steps)]) for cell in CELLS}
    glosses = tuple(GLOSSES[step % 6] for step in range(steps))
    at = chance.randrange(steps)
    picture = draw(norms, at, theme=theme, lang=lang, glosses=glosses, cell_states=norms)
    assert by_name(picture)["RNN"]["customdata"].shape == (steps,)
    assert 100 < picture.figure.layout.height < 800
    assert gradient_reach(norms, at, lang=lang)


def test_another_language_changes_words_only() -> None:
    ja, en = (draw(lang=lang, cell_states=C) for lang in ("ja", "en"))
    assert repr([data(trace) for trace in traces(ja)]) == repr([data(trace) for trace in traces(en)])  # NaN is not NaN
    assert ja.finding != en.finding
    for mine, other in zip(ja.table.values(), en.table.values(), strict=True):
        np.testing.assert_array_equal(mine, other)


def test_how_far_back_the_error_reaches_is_said_for_each_cell() -> None:
    steps = np.arange(30)[::-1]
    norms = {"rnn": 0.1**steps, "lstm": 0.9**steps, "gru": 1.1**steps}
    assert gradient_reach(norms, 29, lang="ja") == (
        "届く距離（1% が残る語数）：RNN 2.0 語、LSTM は 29 語でまだ 4.7%、GRU は減らない（29 語で 16 倍）。"
    )
    odd = {"rnn": np.array([0.0, 1.0]), "lstm": np.array([1.0, np.nan]), "gru": np.array([np.inf, 1.0])}
    assert gradient_reach(odd, 1, lang="en") == (
        "Reach (1% left): RNN 1.0 words, LSTM not measurable, GRU not measurable."
    )


def test_a_gradient_that_comes_back_has_a_reach_that_says_so() -> None:
    """Below 1% on the way, and 0.81 of it at the first word: it reaches the first word."""
    norms = {"rnn": np.array([0.81, 0.5, 0.001, 1.0])}
    assert gradient_reach(norms, 3, lang="en") == "Reach (1% left): RNN still 81% after 3 words."


@given(
    st.lists(st.floats(1e-9, 1e9), min_size=2, max_size=12),
    st.sampled_from(["ja", "en"]),
)
def test_reach_and_what_is_left_never_contradict_each_other(norms: list[float], lang: str) -> None:
    values, at = np.array(norms), len(norms) - 1
    said = gradient_reach({"rnn": values}, at, lang=lang)
    left = values[0] / values[-1]
    if left > 0.0101:
        assert ("still" in said or "no decay" in said) == (lang == "en")
    if left < 0.0099:
        assert ("still" in said or "no decay" in said or "まだ" in said or "減らない" in said) is False


def test_shares_begin_at_1_and_1_percent_has_its_line() -> None:
    norms = {cell: decay.shares(values, 5) for cell, values in NORMS.items()}
    picture = draw(norms, relative=True, lang="en")
    (line,) = (shape for shape in picture.figure.layout.shapes if shape.y0 == shape.y1 == 0.01)
    assert line.xref == "paper"
    assert "1 at the loss" in picture.legend.symbol
    assert "1% is left" in picture.method
    assert [shape for shape in draw().figure.layout.shapes if shape.y0 == shape.y1] == []


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(KiokuError, match=r"words \(2\) differs from the number of steps of RNN \(6\)"):
        gradient_norms(NORMS, WORDS[:2], 1, lang="en", theme=LOOK)
    with pytest.raises(KiokuError, match="from 0 to 5"):
        draw(at=6)


def test_norms_of_no_network_are_refused() -> None:
    with pytest.raises(KiokuError) as error:
        gradient_norms({"layer 0": np.ones(6)}, WORDS, 5, lang="en", theme=LOOK)
    assert error.value.code == "unknown_cell"
