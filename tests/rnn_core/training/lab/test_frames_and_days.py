"""Days and frames for readers who train a network: nothing learned is held out, and what memory is worth is right."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from sklearn.linear_model import LinearRegression

from rnn_core import runtime
from rnn_core.tasks.forecast.worth import cases
from rnn_core.tasks.video.images import unseen_digit
from rnn_core.tasks.video.motion import SPEEDS, bounce, render, still
from rnn_core.training.lab import batches
from rnn_core.training.lab.batches import MIDDLE, PLACES, SPREAD, TEN
from rnn_core.training.lab.frames_and_days import blind_line, degrees, place_entropy, shown_frames
from rnn_core.training.lab.tasks import TASKS, find_example, held_out


def test_the_days_that_are_held_out_are_those_after_what_is_learned() -> None:
    (case,) = cases("forecast")
    whole = torch.cat([degrees(seen=True), degrees(seen=False)])
    assert torch.equal(whole, torch.from_numpy(case.series.values.astype(np.float32)))
    assert case.series.times[len(degrees(seen=True))].astype(str) == "2014-07-01"
    batch, unseen = held_out("temperatures", 30), degrees(seen=False).unfold(0, 30, 1)
    first = batch.inputs[:, :1, 0] * SPREAD + MIDDLE
    assert all((row - unseen[:, 0]).abs().min() < 1e-4 for row in first)


def test_the_answer_is_the_change_until_tomorrow() -> None:
    batch = TASKS["temperatures"].draw(7, 5, runtime.generator(0))
    now = batch.inputs[..., 0] * SPREAD + MIDDLE
    torch.testing.assert_close(now[:, 1:] - now[:, :-1], batch.targets[:, :-1] * TEN)


def test_the_baseline_of_the_days_is_a_regression_on_the_last_one() -> None:
    learned, unseen = (degrees(seen=seen).double().numpy() for seen in (True, False))
    ridge = LinearRegression().fit(learned[:-1, None], np.diff(learned) / TEN)
    assert blind_line()[0] / SPREAD == pytest.approx(float(ridge.coef_[0]))
    lost = float(((ridge.predict(unseen[:-1, None]) - np.diff(unseen) / TEN) ** 2).mean())
    assert TASKS["temperatures"].baseline() == pytest.approx(lost, rel=1e-5)
    assert TASKS["temperatures"].goal < lost < float(((np.diff(unseen) / TEN) ** 2).mean())


@pytest.mark.parametrize("step", SPEEDS)
def test_a_digit_bounces_as_in_the_chapter(step: int) -> None:
    for start in range(PLACES):
        theirs = bounce(np.array([[start, 0]]), np.array([[step, 1]]), 30)[0][0, :, 0]
        assert batches.bounce(start + step * torch.arange(30)).tolist() == theirs.tolist()


def test_a_frame_is_the_chapters_and_the_answer_is_the_next_place() -> None:
    batch = batches.draw_moving(torch.tensor(unseen_digit(3))[None], 6, 4, runtime.generator(1))
    known = {tuple(frame.tolist()): name for name, frame in shown_frames().items() if name[0] == "3"}
    names = [[known[tuple(frame.tolist())] for frame in film] for film in batch.inputs]
    for film, targets in zip(names, batch.targets.tolist(), strict=True):
        places = np.array([[int(name[-2]), int(name[-1])] for name in film])
        frames = render(still(unseen_digit(3)[None], 6), places[None])[0].reshape(6, -1)
        assert (frames == np.stack([shown_frames()[name].numpy() for name in film])).all()
        assert [TASKS["moving_digit"].outputs[one] for one in targets[:-1]] == [name[-2:] for name in film[2:]]


def test_two_frames_tell_the_next_place_and_one_does_not() -> None:
    batch = TASKS["moving_digit"].draw(12, 4000, runtime.generator(0))
    here, there = batch.targets[:, :-1].flatten(), batch.targets[:, 1:].flatten()
    pairs = torch.bincount(here * PLACES**2 + there, minlength=PLACES**4).double().view(PLACES**2, -1)
    share = pairs / pairs.sum(dim=1, keepdim=True)
    blind = float(-(pairs * share.clamp(min=1e-9).log()).sum() / pairs.sum())
    assert math.isclose(place_entropy(12), blind, rel_tol=0.03)
    after: dict[tuple[int, ...], set[int]] = {}
    for row in batch.targets.tolist():
        for at in range(len(row) - 2):
            after.setdefault(tuple(row[at : at + 2]), set()).add(row[at + 2])
    assert {len(found) for found in after.values()} == {1}


def test_the_film_that_is_shown_is_one_of_the_ten_digits_that_nobody_learns_from() -> None:
    example = find_example("moving_digit", 12)
    frames = torch.stack([shown_frames()[token] for token in example.tokens])
    assert torch.equal(frames, held_out("moving_digit", 12).inputs[0])
    assert [token[-2:] for token in example.tokens[2:]] == list(example.targets[:-1])
    learned = {tuple(image.flatten().tolist()) for image in TASKS["moving_digit"].data()["images"]}
    assert not learned & {tuple(unseen_digit(digit).flatten().tolist()) for digit in range(10)}
