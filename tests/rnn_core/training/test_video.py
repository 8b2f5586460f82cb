"""What is shipped is worth what its manifest says, and that is what the chapter promises."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from rnn_core.models.model_trace import PRETRAINED
from rnn_core.models.video import PREDICTORS
from rnn_core.tasks.video.baselines import BASELINES
from rnn_core.tasks.video.spec import SHIPPED
from rnn_core.training.loop import fit
from rnn_core.training.spec import TrainSpec
from rnn_core.training.state import begin
from rnn_core.training.tasks import TASKS
from rnn_core.training.video import BLIND, VIDEO, baselines, draw_films, frame_loss, held_out, learned, score

LINES = VIDEO.manifest()["models"]


@pytest.mark.parametrize("name", LINES)
def test_each_network_keeps_what_is_promised(name: str) -> None:
    line, rules = LINES[name], VIDEO.manifest()["baselines"]
    assert line["error"][2] <= 0.4 * rules["copy"]["error"][1]
    assert line["centre"][2] <= 0.8
    assert line["gain"][0] > 0
    assert (PRETRAINED / f"{name}.safetensors").stat().st_size <= 2**20
    assert set(rules) == set(BASELINES)


def test_the_manifests_numbers_are_those_that_are_measured() -> None:
    spec = SHIPPED[0]
    found = score(PREDICTORS.load(spec), held_out(spec))
    line = LINES[spec.name]
    for key in ("error", "centre", "drift", "gain"):
        assert found[key] == pytest.approx(line[key], abs=5e-3)
    assert found["parameters"] == line["parameters"]
    assert baselines()["baselines"]["copy"]["error"] == pytest.approx(VIDEO.manifest()["baselines"]["copy"]["error"])


def test_it_is_a_row_and_learns_nothing_that_measures() -> None:
    assert TASKS["video"] is VIDEO
    one, other = learned(SHIPPED[0]), held_out(SHIPPED[0])
    assert {image.tobytes() for image in one.images}.isdisjoint(image.tobytes() for image in other.images)
    assert (other.blind == -1).all()


def test_some_clips_are_dark_for_a_while() -> None:
    films = draw_films(np.ones((2, 8, 8), np.float32), 40, 0, 0.5)
    dark = (films.take(torch.arange(40)).amax(dim=-1) == 0).sum(dim=1)
    np.testing.assert_array_equal(dark.numpy(), np.where(films.blind >= 0, BLIND, 0))
    assert 0 < (films.blind >= 0).sum() < 40


def test_training_lowers_the_loss_and_repeats_bitwise() -> None:
    spec, plan = SHIPPED[0], TrainSpec(epochs=2, batch=20, rate=0.005)
    data = draw_films(learned(spec).images, 40, 0, 0.3)

    def run() -> list[float]:
        state = begin(PREDICTORS.fresh(spec), plan)
        return [event.loss for event in fit(state, frame_loss, data, plan) if hasattr(event, "loss")]

    losses = run()
    assert losses[-1] < losses[0]
    assert losses == run()
