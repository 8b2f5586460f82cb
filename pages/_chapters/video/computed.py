"""What /video shows, kept between runs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float

from pages._ui.memo import cached
from rnn_core.figures.by_horizon import NETWORK
from rnn_core.statistics.frames import centre_errors, frame_errors
from rnn_core.tasks.video import futures
from rnn_core.tasks.video.baselines import BASELINES, Baseline
from rnn_core.tasks.video.clips import ACROSS, Clip, Kind, make_clip
from rnn_core.tasks.video.spec import SIDE, VideoSpec

if TYPE_CHECKING:
    from rnn_core.models.video import Watched
    from rnn_core.quantities import Recurrent
    from rnn_core.tasks.video.futures import Futures
    from rnn_core.training.video import Entry, Manifest

BESIDE: tuple[Baseline, ...] = ("copy", "linear")
"""The baselines that are drawn in the strip."""
BEFORE = 2  # frames that are drawn before the one that is predicted worst
BACK = 4  # frames before the predicted one whose gradient is drawn


@cached()
def clip(kind: Kind, digit: int, path: str | None) -> Clip:
    """The clip that is shown.

    Raises:
        KiokuError: the package with the digits is not there.
    """
    return make_clip(kind, digit, path or ACROSS)


@cached()
def watched(cell: Recurrent, shown: Clip) -> Watched:
    """What the network makes of a clip."""
    from rnn_core.models import video  # needs torch

    return video.watch(video.PREDICTORS.memoized(VideoSpec(cell=cell)), shown.pixels)


@cached()
def beside(shown: Clip) -> Mapping[str, Float[np.ndarray, " N"]]:
    """The errors of the baselines on it, from the second frame on."""
    true = shown.pixels[1:]
    return {
        name: frame_errors(BASELINES[name](shown.frames[None])[0, :-1].reshape(len(true), -1), true) for name in BESIDE
    }


@cached()
def rolled(cell: Recurrent, shown: Clip, seen: int) -> tuple[Float[np.ndarray, "K S S"], Float[np.ndarray, " K"]]:
    """The frames with which the network goes on by itself, and how far their centres are off."""
    from rnn_core.models import video  # needs torch

    steps = len(shown.frames) - seen
    said = video.roll_out(video.PREDICTORS.memoized(VideoSpec(cell=cell)), shown.pixels[:seen], steps)
    return said.reshape(steps, SIDE, SIDE), centre_errors(said, shown.pixels[seen:], SIDE)


@cached()
def slopes(cell: Recurrent, shown: Clip, step: int) -> tuple[Float[np.ndarray, "K S S"], Float[np.ndarray, " K"]]:
    """∂surprise/∂light of the last frames before a frame (0-based), and the share of each of all up to it."""
    from rnn_core.models import video  # needs torch

    found = video.surprise_gradient(video.PREDICTORS.memoized(VideoSpec(cell=cell)), shown.pixels, step)
    sizes = np.abs(found).sum(axis=1)
    shares = sizes / (sizes.sum() or 1.0)
    return found[-BACK:].reshape(-1, SIDE, SIDE), shares[-BACK:]


@cached()
def blurred(
    cell: Recurrent, digit: int
) -> tuple[Float[np.ndarray, "5 S S"], Float[np.ndarray, "4 2"], Float[np.ndarray, " 4"]]:
    """The frames of the picture on blur, what each costs against both futures, and against all."""
    from rnn_core.models import video  # needs torch

    found: Futures = futures.make_futures(digit)
    said = video.roll_out(video.PREDICTORS.memoized(VideoSpec(cell=cell)), found.now[None], 1)[0]
    told = (*found.two, found.mean, said)
    costs, every = np.array([found.cost(one) for one in told]), np.array([found.cost_of_all(one) for one in told])
    return np.stack([found.now, *told]).reshape(-1, SIDE, SIDE), costs, every


def manifest() -> Manifest:
    """What the networks and the baselines are worth."""
    from rnn_core.training.video import VIDEO  # needs torch

    return VIDEO.manifest()


def entry(cell: Recurrent) -> Entry:
    """What the manifest says of the network that is shown."""
    return manifest()["models"][VideoSpec(cell=cell).name]


@cached()
def worst(
    cell: Recurrent,
) -> tuple[Float[np.ndarray, "K S S"], Float[np.ndarray, "S S"], Float[np.ndarray, "S S"], float]:
    """The frame of the held-out clips that is predicted worst: those before it, it itself, what was predicted, and how
    far the centres of both are apart."""
    from rnn_core.models import video  # needs torch
    from rnn_core.training.video import held_out

    spec = VideoSpec(cell=cell)
    which, step, _ = entry(cell)["worst"]
    pixels = held_out(spec).clip(which)
    said = video.watch(video.PREDICTORS.memoized(spec), pixels).said[step - 1]
    frames = pixels.reshape(-1, SIDE, SIDE)
    off = float(centre_errors(said[None], pixels[step][None], SIDE)[0])
    return frames[step - BEFORE : step], frames[step], said.reshape(SIDE, SIDE), off


@cached()
def drift(cell: Recurrent) -> Mapping[str, tuple[float, ...]]:
    """How far the centres are off by the number of frames rolled out, over the held-out clips."""
    rules = {name: tuple(rule["drift"]) for name, rule in manifest()["baselines"].items()}
    return {NETWORK: tuple(entry(cell)["drift"]), **rules}


def clips() -> int:
    """On how many clips it was measured."""
    return manifest()["clips"][1]
