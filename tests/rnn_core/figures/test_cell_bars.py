from __future__ import annotations

import numpy as np
import pytest

from rnn_core import lineup
from rnn_core.figures import Theme, parameters_each, time_per_sentence
from rnn_core.messages import LANGUAGES
from rnn_core.quantities import CELLS
from rnn_core.recurrent.parameters import ParameterCount
from rnn_core.specs import ModelSpec
from tests.rnn_core.figures.cases import LOOKS, sound, traces

SPECS = [ModelSpec(cell=cell, hidden=size) for cell, size in zip(CELLS, (32, 16, 16), strict=True)]
COUNTS = [(spec, ParameterCount(spec.cell, 24, spec.hidden)) for spec in SPECS]
SECONDS = dict(zip(SPECS, (50e-6, 150e-6, 100e-6), strict=True))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("theme", LOOKS)
def test_bars_from_zero(lang: str, theme: Theme) -> None:
    time = sound(time_per_sentence(SECONDS, 6, 25, lang=lang, theme=theme))
    many = sound(parameters_each(COUNTS, lang=lang, theme=theme))
    np.testing.assert_allclose(traces(time)[0]["x"], [50, 150, 100])
    np.testing.assert_array_equal(traces(many)[0]["x"], [1856, 2688, 2016])
    assert time.figure.layout.xaxis.range[0] == many.figure.layout.xaxis.range[0] == 0


def test_the_findings_name_the_ends() -> None:
    time = time_per_sentence(SECONDS, 6, 25, lang="en", theme=Theme()).finding
    assert "fastest RNN, 50 µs; slowest LSTM, 150 µs (3 ×)" in time
    many = parameters_each(COUNTS, lang="en", theme=Theme()).finding
    assert "most LSTM, 2,688; fewest RNN, 1,856 (1.4 ×)" in many


def test_long_sums_stand_on_a_desk_only() -> None:
    specs = lineup.select_specs(16, "units", 24, (16,))
    counts = [(spec, lineup.count(spec.cell, 24, lineup.units(spec))) for spec in specs]
    desk, phone = (
        traces(sound(parameters_each(counts, lang="en", theme=Theme(narrow=narrow))))[0]["customdata"]
        for narrow in (False, True)
    )
    assert list(desk) == [count.formula for _, count in counts]
    assert list(phone[:3]) == list(desk[:3])
    assert list(phone[3:]) == [f"{count.total:,}" for _, count in counts[3:]]


def test_every_network_is_called_by_its_name_and_its_units() -> None:
    specs = lineup.select_specs(16, "units", 24, (16,))
    made = time_per_sentence(dict.fromkeys(specs, 1e-4), 6, 25, lang="en", theme=Theme())
    assert list(made.table["network"])[3:] == ["BiLSTM", "LSTM with attention", "Transformer"]
    assert list(made.table["units"]) == [16] * 6
