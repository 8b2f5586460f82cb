import math

import pytest

from rnn_core.errors import KiokuError
from rnn_core.training.spec import TrainSpec


@pytest.mark.parametrize(
    "wrong", [{"epochs": 0}, {"rate": 0.0}, {"rate": math.inf}, {"clip": "both"}, {"word_dropout": 1.0}, {"speed": 1}]
)
def test_a_spec_out_of_range_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(KiokuError, match=next(iter(wrong))):
        TrainSpec(**({"epochs": 1, "rate": 0.1} | wrong))
