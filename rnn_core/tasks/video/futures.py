"""Several frames may come next: what it costs to predict one of them, and what it costs to predict their mean."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import product

import numpy as np
from jaxtyping import Float

from rnn_core.statistics.frames import frame_errors
from rnn_core.tasks.video.images import unseen_digit
from rnn_core.tasks.video.motion import SPEEDS, render
from rnn_core.tasks.video.spec import PLACES

MIDDLE = (PLACES - 1) // 2
TWO = ((1, -2), (1, 2))  # steps: down to the left, down to the right


@dataclass(frozen=True, eq=False)
class Futures:
    """A digit in the middle of a frame whose direction nobody can know yet, and what may come after it.

    Attributes:
        now: the frame that is seen.
        two: two of the frames that may come.
        every: one for each step that a digit may take.
    """

    now: Float[np.ndarray, " P"]
    two: Float[np.ndarray, "2 P"]
    every: Float[np.ndarray, "N P"]

    @cached_property
    def mean(self) -> Float[np.ndarray, " P"]:
        """The mean of the two."""
        return np.asarray(self.two.mean(axis=0))

    @property
    def apart(self) -> float:
        """The mean squared error where one of the two was predicted and the other came."""
        return float(frame_errors(self.two[0], self.two[1]))

    def cost(self, said: Float[np.ndarray, " P"]) -> tuple[float, float]:
        """The mean squared error of a prediction, against each of the two."""
        first, second = (float(frame_errors(said, one)) for one in self.two)
        return first, second

    def cost_of_all(self, said: Float[np.ndarray, " P"]) -> float:
        """The mean of it over every frame that may come."""
        return float(frame_errors(np.broadcast_to(said, self.every.shape), self.every).mean())


def make_futures(digit: int) -> Futures:
    """Those of a digit, 0 to 9."""
    steps = np.array([(0, 0), *TWO, *product(SPEEDS, SPEEDS)])
    image = np.broadcast_to(unseen_digit(digit), (len(steps), 1, *unseen_digit(digit).shape))
    frames = render(image, (MIDDLE + steps)[:, None]).reshape(len(steps), -1)
    return Futures(frames[0], frames[1:3], frames[3:])
