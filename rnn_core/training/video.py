"""How the networks that predict the next frame are trained, and what their manifest says: a row of the tasks."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from jaxtyping import Float, Int
from torch import Tensor
from typing_extensions import TypedDict

from rnn_core.models.family import Family, count_parameters
from rnn_core.models.video import PREDICTORS, FramePredictor, roll_out
from rnn_core.statistics.forecasts import Interval, mean_interval
from rnn_core.statistics.frames import centre_errors, frame_errors
from rnn_core.tasks.sentiment import Count
from rnn_core.tasks.video.baselines import BASELINES, Baseline, roll_on
from rnn_core.tasks.video.images import learned_images, unseen_images
from rnn_core.tasks.video.motion import draw_paths, render, still
from rnn_core.tasks.video.spec import FRAMES, SHIPPED, SIDE, VideoSpec
from rnn_core.training import manifests
from rnn_core.training.spec import TrainSpec
from rnn_core.training.task import Task

if TYPE_CHECKING:
    from collections.abc import Mapping

PATHS, TESTS = 12_000, 256  # clips to learn from, and to measure on
LEARNED, MEASURED = 2, 1  # what draws them
BEFORE = 6  # frames that are seen before a prediction counts
AHEAD = FRAMES - BEFORE  # K: so many frames are rolled out
NEAR = 0.8  # pixels: whose centre is at most so far off is a hit
HIDES, BLIND = 0.3, 3  # the share of clips in which so many frames in a row are black


@dataclass(frozen=True, eq=False)
class Films:
    """N clips: which image moves, where its corner is, and from which frame on it is not seen, −1 for none."""

    images: Float[np.ndarray, "M 8 8"]
    which: Int[np.ndarray, " N"]
    places: Int[np.ndarray, "N T 2"]
    blind: Int[np.ndarray, " N"]

    def __len__(self) -> int:
        """N."""
        return len(self.which)

    def take(self, which: Int[Tensor, " B"]) -> Float[Tensor, "B T P"]:
        """The frames of some of them."""
        found = which.numpy()
        places = self.places[found]
        frames = render(still(self.images[self.which[found]], places.shape[1]), places)
        after = np.arange(places.shape[1]) - self.blind[found][:, None]  # (B, T): frames since it vanished
        frames[(self.blind[found][:, None] >= 0) & (after >= 0) & (after < BLIND)] = 0
        return torch.from_numpy(frames).flatten(2)

    def clip(self, number: int) -> Float[np.ndarray, "T P"]:
        """The frames of one of them."""
        return self.take(torch.tensor([number]))[0].numpy()


class Entry(manifests.Line):
    """What the manifest says of one network, on digits that it never saw.

    Attributes:
        error: the mean squared error of a frame with its 95 % interval: low, mean, high.
        centre: likewise how far the centre is off, in pixels.
        gain: likewise by how much its error is smaller than that of the best baseline.
        drift: how far the centre is off after 1 … K frames that it rolled out itself.
        near: how many predicted frames have their centre at most `NEAR` off, and of how many.
        worst: the clip and the frame, 0-based, that it predicts worst, and the error there.
        parameters: how many numbers are learned.
    """

    error: tuple[float, float, float]
    centre: tuple[float, float, float]
    gain: tuple[float, float, float]
    drift: list[float]
    near: tuple[int, int]
    worst: tuple[int, int, float]
    parameters: int


class Rule(TypedDict):
    """What it says of a baseline."""

    error: tuple[float, float, float]
    centre: tuple[float, float, float]
    drift: list[float]


class Manifest(manifests.Head):
    """How the networks were made, and what they and the baselines are worth."""

    digits: str
    clips: list[int]
    blind: list[float]
    baselines: dict[str, Rule]
    models: dict[str, Entry]


def family_of(_: VideoSpec) -> Family[VideoSpec, FramePredictor]:
    """The row of their kind."""
    return PREDICTORS


def recipe(spec: VideoSpec) -> TrainSpec:
    """How a network is trained; an RNN needs a smaller rate."""
    return TrainSpec(epochs=20, batch=64, rate=0.002 if spec.cell == "rnn" else 0.004, seed=spec.seed)


@cache
def _learned() -> Films:
    return draw_films(learned_images(), PATHS, LEARNED, HIDES)


@cache
def _held_out() -> Films:
    return draw_films(unseen_images(), TESTS, MEASURED, 0.0)


def learned(_: VideoSpec) -> Films:
    """What a network learns from."""
    return _learned()


def held_out(_: VideoSpec) -> Films:
    """What it is measured on: nothing is hidden there."""
    return _held_out()


def draw_films(images: Float[np.ndarray, "M 8 8"], count: int, seed: int, hides: float) -> Films:
    """So many clips, in a share of which some frames are black."""
    generator = np.random.default_rng(seed)
    which, places = generator.integers(0, len(images), count), draw_paths(count, FRAMES, generator)
    blind = np.where(generator.random(count) < hides, generator.integers(3, FRAMES - BLIND, count), -1)
    return Films(images, which, places, blind)


def frame_loss(model: FramePredictor, batch: Float[Tensor, "B T P"], _: TrainSpec, __: torch.Generator) -> Tensor:
    """The mean squared error of every frame that is predicted."""
    lost: Tensor = (model(batch[:, :-1]) - batch[:, 1:]).square().mean()
    return lost


def score(model: FramePredictor, held_out: Films) -> Mapping[str, object]:
    """What the line of a network says of its predictions."""
    frames = _frames(held_out)
    with torch.inference_mode():
        said = model(torch.from_numpy(frames[:, :-1])).numpy()[:, BEFORE - 1 :]  # (N, K, P)
    true = frames[:, BEFORE:]
    errors, off = frame_errors(said, true), centre_errors(said, true, SIDE)  # (N, K)
    best = min((_errors_of(name, frames) for name in BASELINES), key=lambda one: float(one.mean()))
    clip, step = np.unravel_index(errors.argmax(), errors.shape)
    rolled = [roll_out(model, clip[:BEFORE], AHEAD) for clip in frames]
    return {
        "error": _mean(errors),
        "centre": _mean(off),
        "gain": _mean(best - errors),
        "drift": _drift(np.stack(rolled), true),
        "near": (int((off <= NEAR).sum()), off.size),
        "worst": (int(clip), int(step) + BEFORE, float(errors[clip, step])),
        "parameters": count_parameters(model, ()),
    }


def _frames(films: Films) -> Float[np.ndarray, "N T P"]:
    return films.take(torch.arange(len(films))).numpy()


def _mean(values: Float[np.ndarray, "N K"]) -> Interval:
    """Over all, with the interval over clips: the frames of one are alike."""
    return mean_interval(np.nanmean(values, axis=1), 1)


def _drift(said: Float[np.ndarray, "N K P"], true: Float[np.ndarray, "N K P"]) -> list[float]:
    return [float(one) for one in np.nanmean(centre_errors(said, true, SIDE), axis=0)]


def _square(frames: Float[np.ndarray, "N T P"]) -> Float[np.ndarray, "N T S S"]:
    return frames.reshape(*frames.shape[:2], SIDE, SIDE)


def _said_by(name: Baseline, frames: Float[np.ndarray, "N T P"]) -> Float[np.ndarray, "N K P"]:
    """What a baseline predicts of the frames that count."""
    return np.asarray(BASELINES[name](_square(frames))[:, BEFORE - 1 : -1].reshape(len(frames), AHEAD, -1))


def _errors_of(name: Baseline, frames: Float[np.ndarray, "N T P"]) -> Float[np.ndarray, "N K"]:
    return frame_errors(_said_by(name, frames), frames[:, BEFORE:])


def baselines() -> Mapping[str, object]:
    """What the manifest says of those that are no networks."""
    frames = _frames(_held_out())
    true = frames[:, BEFORE:]

    def rule(name: Baseline) -> dict[str, object]:
        rolled = [roll_on(name, clip[:BEFORE], AHEAD).reshape(AHEAD, -1) for clip in _square(frames)]
        off = centre_errors(_said_by(name, frames), true, SIDE)
        return {
            "error": _mean(_errors_of(name, frames)),
            "centre": _mean(off),
            "drift": _drift(np.stack(rolled), true),
        }

    return {"baselines": {name: rule(name) for name in BASELINES}}


def made_from() -> Mapping[str, object]:
    """What it says of the data."""
    images = hashlib.sha256(learned_images().tobytes() + unseen_images().tobytes()).hexdigest()
    return {"digits": images, "clips": [PATHS, TESTS, FRAMES], "blind": [HIDES, float(BLIND)]}


def kind(spec: VideoSpec) -> str:
    """What its card says that a network is built of."""
    return f"video_{spec.cell}"


def objective(_: VideoSpec) -> str:
    """What its card says was minimised."""
    return "frame"


def count_clips(_: VideoSpec, __: Mapping[str, Any]) -> int:
    """How many clips a network learns from."""
    return PATHS


def worth(_: VideoSpec, line: Mapping[str, Any], __: Mapping[str, Any]) -> Count:
    """The predicted frames, and those of them whose centre is near."""
    return Count(*line["near"])


VIDEO: Task[VideoSpec, FramePredictor, Manifest] = Task(
    name="video",
    file="video",
    kept=SHIPPED,
    family=family_of,
    learned=learned,
    held_out=held_out,
    loss=frame_loss,
    recipe=recipe,
    score=score,
    form=Manifest,
    made_from=made_from,
    besides=baselines,
    licence="CC-BY-4.0",
    kind=kind,
    objective=objective,
    examples=count_clips,
    worth=worth,
)
