"""The plane in which a network that tells feelings is drawn, and where in it its state stands still."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, SupportsFloat

import numpy as np
import torch
from jaxtyping import Float
from torch import Tensor
from typing_extensions import TypedDict

from rnn_core.gradients.slow_points import SlowPoints, find_slow_points, step, time_constants
from rnn_core.models import registry
from rnn_core.tasks.language import find_tokenizer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rnn_core.models.language_model import NextWord
    from rnn_core.specs import ModelSpec
    from rnn_core.tasks.feelings import Felt

TEXTS = 400  # held-out texts whose states span the plane
CLOUD = 240  # final states that are drawn
STARTS, UPDATES = 120, 1500  # of the search for slow points
SLOW = 0.02  # a slow point moves less than this share of what a token moves a state
ENOUGH = 0.9  # of the variance is what so many directions hold
DIGITS = 4
MOST = 1e4  # steps; a longer time constant is written as this


class Plane(TypedDict):
    """Shapes: H units; every point is [x, y, number of the feeling that is read there].

    Attributes:
        mean, axes: what is taken from a state, (H,), and the two first principal components, (2, H).
        explained: the share of the states' variance along each.
        cloud: final states of held-out texts.
        slow: slow points while the mean token is read; none where none was found.
        searched: from how many states.
        directions: how many directions hold `ENOUGH` of the slow points' variance; 0 where they are one point.
        constants: the medians over the slow points of their three longest time constants, in steps.
        length: the mean number of tokens of a held-out text.
    """

    mean: list[float]
    axes: list[list[float]]
    explained: list[float]
    cloud: list[list[float]]
    slow: list[list[float]]
    searched: int
    directions: int
    constants: list[float]
    length: float


def find_plane(spec: ModelSpec, texts: Sequence[Felt]) -> Plane:
    """The plane of a shipped network."""
    model = registry.RECURRENT.load(spec)
    some = [texts[k] for k in np.linspace(0, len(texts) - 1, min(TEXTS, len(texts))).astype(int)]
    visited, ends = visit(model, spec.task, some)
    h = visited[:, : spec.hidden]
    mean, (axes, variances) = h.mean(axis=0), principal(h)
    starts = visited[np.linspace(0, len(visited) - 1, STARTS).astype(int)]
    reads = mean_token(model, spec.task, some)
    found = find_slow_points(model.recurrent, reads, torch.tensor(starts), UPDATES)
    kept = found.speeds < SLOW * typical_step(model, reads, visited)
    slow = found.states[kept, : spec.hidden]

    def placed(states: Float[np.ndarray, "N H"]) -> list[list[float | int]]:
        return [
            [*map(_short, point), kind]
            for point, kind in zip((states - mean) @ axes.T, _told(model, states), strict=True)
        ]

    return Plane(
        mean=list(map(_short, mean)),
        axes=[list(map(_short, axis)) for axis in axes],
        explained=list(map(_short, variances[:2] / variances.sum())),
        cloud=placed(ends[:CLOUD, : spec.hidden]),
        slow=placed(slow),
        searched=STARTS,
        directions=count_directions(slow, variances.sum()),
        constants=_constants(found, kept),
        length=_short(np.mean([len(text.tokens) for text in texts])),
    )


def visit(
    model: NextWord, task: str, texts: Sequence[Felt]
) -> tuple[Float[np.ndarray, "S N"], Float[np.ndarray, "M N"]]:
    """All states that the network passes through, and those after the last token; of an LSTM h and c side by side."""
    tokenizer, every, ends = find_tokenizer(task), [], []
    layer = model.recurrent.double()
    for text in texts:
        with torch.inference_mode():
            vectors = model.embedding(torch.tensor(tokenizer.encode(text.tokens))).double()
            states = torch.zeros(1, layer.hidden_size * (2 if isinstance(layer, torch.nn.LSTM) else 1)).double()
            for vector in vectors:
                states = step(layer, vector, states)
                every.append(states[0].numpy())
        ends.append(every[-1])
    return np.stack(every), np.stack(ends)


def mean_token(model: NextWord, task: str, texts: Sequence[Felt]) -> Float[Tensor, " E"]:
    """The mean of all tokens of the texts, as the layer receives them."""
    tokenizer = find_tokenizer(task)
    numbers = [number for text in texts for number in tokenizer.encode(text.tokens)]
    with torch.no_grad():
        mean: Tensor = model.embedding(torch.tensor(numbers)).double().mean(dim=0)
    return mean


def principal(states: Float[np.ndarray, "S H"]) -> tuple[Float[np.ndarray, "2 H"], Float[np.ndarray, " H"]]:
    """The two first principal components, and the variance along all; the largest number of each is positive.

    Example:
        >>> axes, variances = principal(np.array([[0.0, -2.0], [0.0, 2.0], [1.0, 0.0], [-1.0, 0.0]]))
        >>> axes.round(6).tolist(), variances.round(6).tolist()
        ([[0.0, 1.0], [1.0, 0.0]], [2.0, 0.5])
    """
    _, sizes, rows = np.linalg.svd(states - states.mean(axis=0), full_matrices=False)
    axes = rows[:2] * np.sign(rows[:2][np.arange(2), np.abs(rows[:2]).argmax(axis=1)])[:, None]
    return axes + 0.0, sizes**2 / len(states)


def typical_step(model: NextWord, reads: Float[Tensor, " E"], visited: Float[np.ndarray, "S N"]) -> float:
    """How far one step of the mean token moves the visited states, in the median."""
    states = torch.tensor(visited)
    with torch.no_grad():
        return float((step(model.recurrent.double(), reads, states) - states).norm(dim=1).median())


def count_directions(slow: Float[np.ndarray, "P H"], around: float) -> int:
    """How many directions hold `ENOUGH` of the variance of the slow points; 0 where they hardly differ.

    Args:
        slow: the points.
        around: the variance of all states, against which they are one point.

    Example:
        >>> line = np.arange(10.0)[:, None] * np.array([[1.0, 2.0, 3.0]])
        >>> count_directions(line, 1.0), count_directions(line * 0, 1.0), count_directions(line[:1], 1.0)
        (1, 0, 0)
    """
    if len(slow) < 2:
        return 0
    variances = np.linalg.svd(slow - slow.mean(axis=0), compute_uv=False) ** 2 / len(slow)
    if variances.sum() < (1 - ENOUGH) ** 2 * around:
        return 0
    return int(np.searchsorted(np.cumsum(variances) / variances.sum(), ENOUGH)) + 1


def _constants(found: SlowPoints, kept: np.ndarray) -> list[float]:
    if not kept.any():
        return []
    constants = np.sort(time_constants(found.eigenvalues[kept]), axis=1)[:, ::-1][:, :3]
    return [_short(min(MOST, one)) for one in np.median(constants, axis=0)]


def _told(model: NextWord, states: Float[np.ndarray, "N H"]) -> list[int]:
    with torch.inference_mode():
        told: list[int] = model.scores(torch.tensor(states).float()).argmax(dim=1).tolist()
    return told


def _short(value: SupportsFloat) -> float:
    return round(float(value), DIGITS)


def judge_slow_points(plane: Plane) -> Literal["none", "point", "line", "fading", "several"]:
    """What the slow points are: a line attractor only where they form a line along which a push outlasts a text.

    "fading": a line, but a push along it dies within a text, or one across it lasts as long as a text too.

    Example:
        >>> plane = Plane(mean=[], axes=[], explained=[], cloud=[], slow=[[0.0, 0.0, 0]] * 3, searched=9, directions=1,
        ...               constants=[40.0, 3.0, 2.0], length=10.0)
        >>> judge_slow_points(plane), judge_slow_points({**plane, "constants": [4.0, 3.0, 2.0]})
        ('line', 'fading')
    """
    if not plane["slow"]:
        return "none"
    if plane["directions"] != 1:
        return "several" if plane["directions"] else "point"
    along, across, *_ = plane["constants"]
    return "line" if along > plane["length"] > across else "fading"


def project(plane: Plane, states: Float[np.ndarray, "T H"]) -> Float[np.ndarray, "T 2"]:
    """States in the plane.

    Example:
        >>> plane = Plane(mean=[1.0, 0.0], axes=[[1.0, 0.0], [0.0, 1.0]], explained=[], cloud=[], slow=[], searched=0,
        ...               directions=0, constants=[], length=1.0)
        >>> project(plane, np.array([[3.0, 4.0]])).tolist()
        [[2.0, 4.0]]
    """
    found: Float[np.ndarray, "T 2"] = (states - np.array(plane["mean"])) @ np.array(plane["axes"]).T
    return found
