from __future__ import annotations

import numpy as np
import pytest
import torch

from rnn_core.models import registry, sources
from rnn_core.models.digits import DIGITS
from rnn_core.sound.clips import symbol
from rnn_core.specs import ModelSpec
from rnn_core.speech.detector import listen
from rnn_core.speech.digits import LONGEST, Answers, answered, measure, recorded, word_of
from rnn_core.tasks.digits import SHIPPED, DigitSpec, heard, silence
from rnn_core.training.digits import worth
from rnn_core.training.lab.run_source import register
from rnn_core.training.lab.spec import TrainSpec
from rnn_core.training.tasks import DIGITS as TASK
from tests.rnn_core.training.lab.test_run_source import Kept


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_the_answers_are_those_of_torch_in_float64_step_by_step(cell: str) -> None:
    model = DIGITS.load(DigitSpec(cell=cell)).double()
    bands = torch.from_numpy(heard(symbol("5"))).double()
    steps, state = [], None
    with torch.no_grad():
        for row in bands:
            out, state = model.recurrent(row[None, None], state)
            steps.append(torch.softmax(model.readout(out[0, 0]), dim=-1))
    np.testing.assert_allclose(recorded(DigitSpec(cell=cell), 5).shares, torch.stack(steps), atol=1e-5)


def test_what_a_reader_has_trained_hears_a_pause_after_the_word_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sources.SOURCES, "run", None)
    store = Kept(mine=TrainSpec(task="digits", length=40, cell="gru", hidden=4, batch=2, steps=1))
    register(lambda: store)
    spec = store_spec("run:mine")
    model = registry.RECURRENT.load(spec).double()
    bands = torch.from_numpy(heard(symbol("5"))).double()
    whole = torch.cat([bands, torch.full((20, 24), silence(), dtype=torch.double)])
    with torch.no_grad():
        states, state = [], torch.zeros(1, spec.hidden, dtype=torch.double)
        for row in whole:
            state = model.recurrent(row[None], state)[1]
            states.append(state)
        shares = torch.softmax(model.readout(torch.cat(states)), dim=-1)
    np.testing.assert_allclose(recorded(spec, 5).shares, shares, atol=1e-6)
    found = measure(spec)
    assert found.confusion == tuple(recorded(spec, digit).last for digit in range(10))
    assert found.recorded == (sum(digit == answer for digit, answer in enumerate(found.confusion)), 10)
    assert found.right == ()


def store_spec(name: str) -> ModelSpec:
    spec = sources.find_source(name).describe(name)
    assert isinstance(spec, ModelSpec)
    return spec


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
    said = tuple(recorded(spec, digit).last for digit in range(10))
    assert row.confusion == said
    assert row.recorded == (sum(digit == answer for digit, answer in enumerate(said)), 10)


def test_of_a_recording_the_longest_word_is_heard_and_no_more() -> None:
    samples = np.zeros(512 * 40, np.float32)
    samples[512 * 10 : 512 * 22] = 0.1
    speech = np.zeros(40, np.float32)
    speech[2:4] = speech[10:22] = 0.9
    word = word_of(samples, speech)
    assert len(word) == 512 * 14
    assert np.abs(word).max() == 0.5
    assert (word[:512] == 0).all()


@pytest.mark.parametrize("loud", [0.0, 0.5])
def test_without_speech_it_is_the_beginning_and_never_longer_than_is_said(loud: float) -> None:
    word = word_of(np.full(512 * 900, loud, np.float32), np.zeros(900, np.float32))
    assert len(word) == LONGEST * 16_000
    assert np.isfinite(word).all()


def test_a_recorded_digit_in_silence_is_heard_as_by_itself() -> None:
    samples = np.concatenate([np.zeros(8000, np.float32), symbol("3"), np.zeros(8000, np.float32)])
    word = word_of(samples, listen(samples, 1.0).own.speech)
    assert len(symbol("3")) - 1024 < len(word) < len(samples) - 4000
