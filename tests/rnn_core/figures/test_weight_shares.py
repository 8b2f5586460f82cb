from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_core import KiokuError
from rnn_core.figures import Theme, weight_shares
from rnn_core.quantities import CELLS
from tests.rnn_core.figures.cases import LOOKS, WORDS, data, sound, traces, words

LOOK = Theme()
STEPS = {
    "rnn": np.array([0.0, 0.01, 0.02, 0.05, 0.1, 1.0]),
    "lstm": np.array([0.0, 0.2, 0.3, 0.3, 0.3, 0.3]),
    "gru": np.array([0.0, 0.1, 0.2, 0.3, 0.4, 0.5]),
}


def draw(steps=STEPS, at: int = 5, **options):
    tokens = words(len(next(iter(steps.values()))))
    return sound(weight_shares(steps, tokens, at, **({"lang": "ja", "theme": LOOK} | options)))


def test_the_lines_are_the_steps_own_shares() -> None:
    picture = draw()
    drawn = {trace["name"]: trace for trace in traces(picture) if "meta" not in trace}
    for cell in CELLS:
        np.testing.assert_array_equal(drawn[cell.upper()]["customdata"], STEPS[cell])
        np.testing.assert_array_equal(drawn[cell.upper()]["y"][1:], STEPS[cell][1:])
        np.testing.assert_array_equal(picture.table[cell.upper()], STEPS[cell])
    assert [trace["x"].tolist() for trace in traces(picture) if trace.get("meta") == "zero"] == [[1]] * 3
    assert picture.key == "weight_steps"


def test_the_finding_says_how_few_steps_hold_nine_tenths() -> None:
    assert draw().finding == (
        "「ね」までの 6 語のうち、ノルムの合計の 90% を占める最後の語数は、RNN 2 "
        "語、LSTM 5 語、GRU 4 語。「今日」の寄与はちょうど 0（その前の状態が 0）。"
    )
    assert draw({"rnn": np.array([1.0, 2.0, np.nan])}, 2, lang="en").finding == (
        "Of the words up to “天気” (n = 3), the last ones with 90% of the summed norms: RNN not measurable."
    )


@settings(max_examples=15, deadline=None)
@given(st.sampled_from([1, 6, 60, 200]), st.sampled_from(LOOKS), st.randoms())
def test_any_length_is_drawn(steps: int, theme: Theme, chance) -> None:
    odd = [0.0, np.inf, np.nan, 1e-300, 1.0]
    drawn = draw({cell: np.array(chance.choices(odd, k=steps)) for cell in CELLS}, chance.randrange(steps), theme=theme)
    assert len(drawn.table["RNN"]) == steps


def test_another_language_changes_words_only() -> None:
    ja, en = (draw(lang=lang) for lang in ("ja", "en"))
    assert repr([data(trace) for trace in traces(ja)]) == repr([data(trace) for trace in traces(en)])  # NaN is not NaN
    assert ja.finding != en.finding


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(KiokuError, match=r"steps of RNN \(6\)"):
        weight_shares(STEPS, WORDS[:2], 1, lang="en", theme=LOOK)
    with pytest.raises(KiokuError, match="from 0 to 5"):
        draw(at=-1)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_beside_a_cell_without_a_recurrent_matrix_it_is_called_by_no_other_name(lang: str) -> None:
    picture = draw({"gru": STEPS["gru"], "mingru": STEPS["lstm"] + 0.1}, lang=lang)
    assert {trace["name"] for trace in traces(picture)} >= {"minGRU", "GRU"}
    assert "ₕₕ" not in picture.title
    assert "minGRU" in picture.method
