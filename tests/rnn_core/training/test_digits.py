from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch

from rnn_core.models.digits import DIGITS
from rnn_core.tasks.digits import SHIPPED, UNHEARD, VOICES
from rnn_core.training import digits
from rnn_core.training.digits import RECORDED, RECORDINGS, digit_loss, recipe, score, together, varied, worth
from rnn_core.training.tasks import DIGITS as TASK

if TYPE_CHECKING:
    from rnn_core.training.digits import Spoken


@pytest.fixture
def said() -> Spoken:
    noise = np.random.default_rng(0)
    by = [("m7", n) for n in (0, 3)] + [(RECORDED, n) for n in range(10)]
    return together([(noise.standard_normal(3000 + 700 * n).astype(np.float32), n, voice) for voice, n in by])


def test_gru_and_lstm_are_good_on_new_voices_and_none_on_the_recorded_one() -> None:
    for row in worth(TASK.manifest()):
        right, of = row.together
        assert of == 30 * len(UNHEARD)
        assert right / of >= (0.93 if row.spec.cell != "rnn" else 0.7)
        assert row.recorded[0] <= 5


def test_the_loss_is_the_weighted_mean_and_what_fills_up_does_not_count(said: Spoken) -> None:
    model = DIGITS.load(SHIPPED[2]).double()
    batch = said.take(torch.tensor([1, 4]))
    batch = digits.Spoken(batch.bands.double(), batch.lengths, batch.labels, batch.voices)
    total = weights = 0.0
    with torch.no_grad():
        for bands, length, label in zip(batch.bands, batch.lengths.tolist(), batch.labels, strict=True):
            p = torch.log_softmax(model(bands[None, :length])[0], dim=-1)[:, label]
            weight = ((torch.arange(length) + 1) / length).double() ** 2
            total, weights = total - float((p * weight).sum()), weights + float(weight.sum())
        found = digit_loss(model, batch, recipe(SHIPPED[2]), torch.Generator())
    assert float(found) == pytest.approx(total / weights, rel=1e-6)


def test_the_score_counts_by_voice_and_does_not_see_what_fills_up(said: Spoken) -> None:
    model = DIGITS.load(SHIPPED[2])
    found = score(model, said)
    with torch.no_grad():
        answers = [int(model(said.bands[n : n + 1, : int(said.lengths[n])])[0, -1].argmax()) for n in range(12)]
    right = [answer == int(label) for answer, label in zip(answers, said.labels, strict=True)]
    assert found["right"] == {"m7": sum(right[:2]), RECORDED: sum(right[2:])}
    assert found["accuracy"] == sum(right[:2]) / 2
    assert found["confusion"] == answers[2:]


def test_a_variant_is_longer_or_shorter_and_the_same_for_a_seed() -> None:
    sound = np.random.default_rng(0).standard_normal(4000).astype(np.float32)
    one, other = (varied(sound, np.random.default_rng(1)) for _ in range(2))
    np.testing.assert_array_equal(one, other)
    assert 0.8 * 4000 <= len(one) <= 1.25 * 4000 + 2 * digits.SILENCE * 16_000
    assert len(VOICES) * 3 * 10 * digits.VARIANTS == RECORDINGS
