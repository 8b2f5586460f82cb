"""The tasks of /video and /forecast for readers who train a network: where a digit moves, and how warm it gets.

Whole frames and fans are more than a run answers with, which is one number or one symbol at each position. So after a
frame the answer is where the digit will be in the next, and after a day by how much the next is warmer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache, partial
from itertools import pairwise, product
from typing import TYPE_CHECKING

import numpy as np
import torch
from jaxtyping import Float
from torch import Tensor

from rnn_core.tasks.forecast.worth import cases
from rnn_core.tasks.video.images import learned_images, unseen_digit, unseen_images
from rnn_core.tasks.video.motion import SPEEDS
from rnn_core.training.lab import batches
from rnn_core.training.lab.batches import MIDDLE, PLACES, SPREAD, TEN
from rnn_core.training.lab.limits import OUTLINES
from rnn_core.training.lab.task import Task

if TYPE_CHECKING:
    from collections.abc import Callable

    from rnn_core.training.lab.batches import Batch
    from rnn_core.training.lab.limits import TaskName

COLDEST, WARMEST = -10.0, 45.0  # °C that can be written
ALIKE = 0.01  # two frames that are so near are the same
FARTHEST = 1.2  # tens of °C from one day to the next


@cache
def degrees(*, seen: bool) -> Float[Tensor, " N"]:
    """The highest temperature of each day in Seattle: until what is learned ends, or after that."""
    (case,) = cases("forecast")
    part = slice(case.split.checked) if seen else slice(case.split.checked, None)
    return torch.from_numpy(case.series.values[part].astype(np.float32))


def blind_line() -> tuple[float, float]:
    """Slope and height of the best line from the temperature of a day, as it is read, to the change that follows."""
    days = degrees(seen=True).double().numpy()
    slope, height = np.polyfit((days[:-1] - MIDDLE) / SPREAD, np.diff(days) / TEN, 1)
    return float(slope), float(height)


def blind_cost(batch: Batch) -> float:
    """What the answers of this line cost, a mean squared error."""
    slope, height = blind_line()
    return float((slope * batch.inputs[..., 0] + height - batch.targets).square().mean())


def _days() -> Task:
    written = tuple(f"{k / 10:.1f}" for k in range(int(COLDEST * 10), int(WARMEST * 10) + 1))
    unseen = degrees(seen=False)
    return Task(
        "number",
        partial(batches.draw_days, degrees(seen=True)),
        asked=lambda length: length,
        span=lambda length: length,
        baseline=lambda: blind_cost(
            batches.Batch((unseen[None, :-1, None] - MIDDLE) / SPREAD, unseen[None].diff() / TEN)
        ),
        goal=0.078,
        tokens=written,
        vectors=((torch.tensor([float(text) for text in written]) - MIDDLE) / SPREAD)[:, None],
        draw_unseen=partial(batches.draw_days, unseen),
        blind=blind_cost,
        within=(-FARTHEST, FARTHEST),
        made_with=("MIDDLE", "SPREAD", "TEN", batches.draw_days),
        data=lambda: {"degrees": degrees(seen=True)},
    )


@cache
def shown_frames() -> Mapping[str, Float[Tensor, " P"]]:
    """Every frame of ten digits that nobody learns from, by the digit and its place: row and column of its corner."""
    images = torch.stack([torch.tensor(unseen_digit(digit)) for digit in range(10)])
    found = {}
    for digit, row, column in product(range(10), range(PLACES), range(PLACES)):
        frame = torch.zeros(batches.SIDE, batches.SIDE)
        frame[row : row + images.shape[1], column : column + images.shape[2]] = images[digit]
        found[f"{digit}@{row}{column}"] = frame.flatten()
    return found


def place_entropy(length: int) -> float:
    """What the best answer costs that sees only the last frame: the entropy of the next place given this one.

    Down and across are independent.

    Example:
        >>> round(place_entropy(12), 2)
        2.59
    """
    steps = product(range(PLACES), SPEEDS)
    paths = (batches.bounce(start + step * torch.arange(1, length + 1)).tolist() for start, step in steps)
    pairs = Counter(pair for path in paths for pair in pairwise(path))
    here = Counter({place: sum(count for (one, _), count in pairs.items() if one == place) for place in range(PLACES)})
    counts = np.array(list(pairs.values()))
    alike = np.array([here[one] for one, _ in pairs])
    return float(-2 * (counts * np.log(counts / alike)).sum() / counts.sum())


def _plain(batch: Batch) -> Tensor:
    """Which films are of the ten digits."""
    known = torch.stack(list(shown_frames().values()))
    return torch.cdist(batch.inputs[:, 0], known).amin(dim=1) < ALIKE


def _moving() -> Task:
    drawn = {part: torch.tensor(made()) for part, made in (("train", learned_images), ("test", unseen_images))}
    places = tuple(f"{row}{column}" for row, column in product(range(PLACES), range(PLACES)))
    return Task(
        "symbol",
        partial(batches.draw_moving, drawn["train"]),
        asked=lambda length: length - 1,
        span=lambda _: 2,
        baseline=lambda: place_entropy(int(OUTLINES["moving_digit"].length.usual)),
        goal=0.3,
        tokens=tuple(shown_frames()),
        vectors=torch.stack(list(shown_frames().values())),
        outputs=places,
        draw_unseen=partial(batches.draw_moving, drawn["test"]),
        telling=_plain,
        needs=lambda place, _, shown: place >= len(shown.tokens) - 2,
        made_with=("SIDE", "PLACES", batches.bounce, batches.draw_moving),
        data=lambda: {"images": drawn["train"]},
    )


ROWS: Mapping[TaskName, Callable[[], Task]] = {"temperatures": _days, "moving_digit": _moving}
"""Made when they are first asked for."""
