from __future__ import annotations

import numpy as np
import pytest
import torch

from rnn_core.errors import KiokuError
from rnn_core.training.clipping import BATCH, EPOCHS, SEQUENCES, WORDS, ClippingSpec, run, sentences

STEPS = EPOCHS * SEQUENCES // BATCH


@pytest.mark.parametrize("clip", ["norm", "value"])
def test_with_clipping_the_run_goes_through_and_learns(clip: str) -> None:
    course = run(ClippingSpec(clip=clip))
    assert len(course.loss) == len(course.before) == len(course.after) == STEPS
    assert np.isfinite([course.loss, course.before, course.after]).all()
    assert course.loss[-1] < course.loss[0] / 5


@pytest.mark.parametrize("threshold", [0.1, 1.0, 20.0])
def test_the_norm_is_limited_to_the_threshold(threshold: float) -> None:
    course = run(ClippingSpec(threshold=threshold))
    np.testing.assert_allclose(course.after, np.minimum(course.before, threshold), rtol=1e-4)


def test_without_clipping_the_run_is_lost_and_says_where() -> None:
    course = run(ClippingSpec(clip="none"))
    assert len(course.loss) < 10
    assert not np.isfinite(course.loss[-1]) or not np.isfinite(course.before[-1])
    assert np.isfinite(course.before[:-1]).all()
    assert np.isnan(course.after[-1])


def test_both_runs_begin_alike() -> None:
    clipped, free = run(ClippingSpec()), run(ClippingSpec(clip="none"))
    assert (clipped.loss[0], clipped.before[0]) == (free.loss[0], free.before[0])


def test_equal_specs_give_equal_runs() -> None:
    one, other = run(ClippingSpec()), run(ClippingSpec())
    assert one.loss.tobytes() == other.loss.tobytes()


def test_what_is_read_are_whole_sequences() -> None:
    data = sentences()
    assert data.words.shape == data.targets.shape == (SEQUENCES, WORDS)
    assert bool((data.targets[:, :-1] + 1 == data.words[:, 1:]).all())  # outputs are the words without the unknown one
    assert torch.equal(data.words, sentences().words)


@pytest.mark.parametrize("threshold", [0.0, -1.0, float("inf")])
def test_a_limit_that_is_none_is_refused(threshold: float) -> None:
    with pytest.raises(KiokuError) as error:
        ClippingSpec(threshold=threshold)
    assert error.value.code == "bad_spec"
