from __future__ import annotations

import numpy as np
import pytest
import torch

from rnn_core.models.digits import DIGITS
from rnn_core.sound.clips import symbol
from rnn_core.speech.digits import Answers, answered, recorded
from rnn_core.tasks.digits import SHIPPED, DigitSpec, heard
from rnn_core.training.digits import worth
from rnn_core.training.tasks import DIGITS as TASK


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_the_answers_are_those_of_torch_in_float64_step_by_step(cell: str) -> None:
    model = DIGITS.load(DigitSpec(cell=cell)).double()
    bands = torch.from_numpy(heard(symbol("5"))).double()
    steps, state = [], None
    with torch.no_grad():
        for row in bands:
            out, state = model.recurrent(row[None, None], state)
            steps.append(torch.softmax(model.readout(out[0, 0]), dim=-1))
    np.testing.assert_allclose(recorded(cell, 5).shares, torch.stack(steps), atol=1e-5)


def test_the_answer_grows_from_what_has_been_heard() -> None:
    whole, part = symbol("7"), symbol("7")[: 256 * 12 + 256]
    np.testing.assert_allclose(answered(SHIPPED[2], part).shares, answered(SHIPPED[2], whole).shares[:12], atol=1e-6)


def test_it_settles_where_its_answer_no_longer_changes() -> None:
    rows = np.eye(10, dtype=np.float32)[[3, 3, 1, 4, 4]]
    found = Answers(SHIPPED[0], rows, 4)
    assert (found.last, found.settled) == (4, 3)
    assert Answers(SHIPPED[0], rows[:1]).settled == 0


@pytest.mark.parametrize("spec", SHIPPED, ids=lambda spec: spec.name)
def test_what_the_manifest_says_of_the_recorded_voice_is_what_it_answers(spec: DigitSpec) -> None:
    row = next(one for one in worth(TASK.manifest()) if one.spec == spec)
    said = tuple(recorded(spec.cell, digit).last for digit in range(10))
    assert row.confusion == said
    assert row.recorded == (sum(digit == answer for digit, answer in enumerate(said)), 10)
