"""A network for one film, trained on its first part within seconds while its reader waits, and measured on the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from jaxtyping import Float, Int
from torch import Tensor

from rnn_core import progress
from rnn_core.models.initial_values import InitialValues
from rnn_core.models.video import FramePredictor, watch
from rnn_core.statistics.forecasts import Interval, mean_interval
from rnn_core.statistics.frames import frame_errors
from rnn_core.tasks.video.cuts import Cuts
from rnn_core.training.loop import Diverged, fit
from rnn_core.training.spec import TrainSpec
from rnn_core.training.state import begin
from rnn_core.training.video import frame_loss

if TYPE_CHECKING:
    from rnn_core.quantities import Recurrent
    from rnn_core.tasks.video.film import Film

SHARE = 0.6  # of the frames that are learned from
HIDDEN = 32
LENGTH, APART = 12, 3  # frames of a stretch, and between the beginnings of two
UPDATES, BATCH, RATE = 240, 16, 0.003
BLOCK = 7  # frames whose errors are drawn together, for the interval


@dataclass(frozen=True, eq=False)
class Stretches:
    """N stretches of T frames, which overlap."""

    frames: Float[Tensor, "N T P"]

    def __len__(self) -> int:
        """N."""
        return len(self.frames)

    def take(self, which: Int[Tensor, " B"]) -> Float[Tensor, "B T P"]:
        """Some of them."""
        return self.frames[which]


@dataclass(frozen=True, eq=False)
class LearnedFilm:
    """What came of it. Of errors, entry t is that of frame t + 2, counted from 1.

    Attributes:
        learned: how many frames were learned from.
        change: the mean squared difference of each frame from the one before: the error of copy-last.
        surprise: the mean squared error of what the network predicted.
        gain: by how much the network is off less than copy-last on the rest, with its 95 % interval.
        cuts: of the rest, by their place in `change`.
        parameters: how many numbers were learned.
    """

    learned: int
    change: Float[np.ndarray, " N"]
    surprise: Float[np.ndarray, " N"]
    gain: Interval
    cuts: Cuts
    parameters: int

    @property
    def errors(self) -> tuple[float, float]:
        """On the rest: the network's mean squared error, and that of copy-last."""
        rest = slice(self.learned - 1, None)
        return float(self.surprise[rest].mean()), float(self.change[rest].mean())


def learn(film: Film, cell: Recurrent, seed: int = 0) -> LearnedFilm:
    """Train a network on the first part of a film, and measure it on the rest.

    How far it is, `progress` tells; what watches it may end it.
    """
    learned = int(SHARE * len(film.frames))
    model = train(film.pixels[:learned], cell, seed)
    surprise = watch(model, film.pixels).surprise
    change = frame_errors(film.pixels[:-1], film.pixels[1:])
    rest = slice(learned - 1, None)
    cuts = Cuts.compare(change[rest], surprise[rest])
    placed = Cuts(*(tuple(learned - 1 + place for place in one) for one in (cuts.found, cuts.missed, cuts.beside)))
    gain = mean_interval((change - surprise)[rest].astype(np.float64), BLOCK)
    return LearnedFilm(learned, change, surprise, gain, placed, sum(one.numel() for one in model.parameters()))


def train(frames: Float[np.ndarray, "T P"], cell: Recurrent, seed: int) -> FramePredictor:
    """The network, trained by one recipe; what it reads from its state is the change of the frame."""
    starts = np.arange(0, len(frames) - LENGTH + 1, APART)
    data = Stretches(torch.from_numpy(frames[starts[:, None] + np.arange(LENGTH)]))
    an_epoch = -(-len(data) // BATCH)
    plan = TrainSpec(epochs=max(1, UPDATES // an_epoch), batch=BATCH, rate=RATE, seed=seed)
    with InitialValues(seed):
        model = FramePredictor(cell, frames.shape[1], HIDDEN, changes=True)
    for event in fit(begin(model, plan), frame_loss, data, plan):
        progress.report(event.step / (plan.epochs * an_epoch))
        assert not isinstance(event, Diverged)  # pixels are finite and bounded
    return model.eval()
