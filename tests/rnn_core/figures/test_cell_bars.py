from __future__ import annotations

import numpy as np
import pytest

from rnn_core.figures import Look, parameters_each, time_per_sentence
from rnn_core.messages import LANGUAGES
from rnn_core.parameters import ParameterCount
from rnn_core.quantities import CELLS
from rnn_core.specs import ModelSpec
from tests.rnn_core.figures.cases import LOOKS, sound, traces

SPECS = [ModelSpec(cell=cell, hidden=size) for cell, size in zip(CELLS, (32, 16, 16), strict=True)]
COUNTS = [(spec, ParameterCount(spec.cell, 24, spec.hidden)) for spec in SPECS]
SECONDS = dict(zip(SPECS, (50e-6, 150e-6, 100e-6), strict=True))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("look", LOOKS)
def test_bars_from_zero(lang: str, look: Look) -> None:
    time = sound(time_per_sentence(SECONDS, 6, 25, lang=lang, look=look))
    many = sound(parameters_each(COUNTS, lang=lang, look=look))
    np.testing.assert_allclose(traces(time)[0]["x"], [50, 150, 100])
    np.testing.assert_array_equal(traces(many)[0]["x"], [1856, 2688, 2016])
    assert time.figure.layout.xaxis.range[0] == many.figure.layout.xaxis.range[0] == 0


def test_the_findings_name_the_ends() -> None:
    time = time_per_sentence(SECONDS, 6, 25, lang="en", look=Look()).finding
    assert "the RNN takes 50 µs, the LSTM 150 µs: 3 times" in time
    many = parameters_each(COUNTS, lang="en", look=Look()).finding
    assert "RNN (32) 1,856" in many
    assert "The LSTM has 1.4 times as many as the RNN." in many
