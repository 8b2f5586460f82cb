"""The network that predicts the next frame: a recurrent layer over the frames, and a readout of the next."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import torch
from jaxtyping import Float
from torch import Tensor, nn

from rnn_core.models.family import Family
from rnn_core.models.language_model import RECURRENT
from rnn_core.recurrent.recording import record
from rnn_core.statistics.frames import frame_errors
from rnn_core.tasks.video.spec import SIDE, VideoSpec
from rnn_core.text.tokenizer import Tokenizer
from rnn_core.text.vocabulary import Vocabulary

if TYPE_CHECKING:
    from rnn_core.quantities import Recurrent
    from rnn_core.recurrent.trace import LayerTrace


class FramePredictor(nn.Module):
    """Frames, a row of P pixels each → recurrent layer → after each the pixels of the next.

    Args:
        cell: of the layer.
        pixels: P.
        hidden: the units of the layer.
        changes: whether what is read from the state is the change from the frame that was just seen, at first none;
            else it is the frame itself, with each pixel in (0, 1).

    Example:
        >>> FramePredictor("gru", 256, 8)(torch.zeros(2, 5, 256)).shape
        torch.Size([2, 5, 256])
    """

    def __init__(self, cell: Recurrent, pixels: int, hidden: int, *, changes: bool = False) -> None:
        super().__init__()
        self.recurrent = RECURRENT[cell](pixels, hidden, batch_first=True)
        self.readout = nn.Linear(hidden, pixels)
        self.changes = changes
        if changes:
            nn.init.zeros_(self.readout.weight)
            nn.init.zeros_(self.readout.bias)

    def forward(self, frames: Float[Tensor, "B T P"]) -> Float[Tensor, "B T P"]:
        """What comes after each frame."""
        return self.read(self.recurrent(frames)[0], frames)

    def read(self, states: Float[Tensor, "*B H"], frames: Float[Tensor, "*B P"]) -> Float[Tensor, "*B P"]:
        """The same from states, and the frames after which they are."""
        said: Tensor = self.readout(states)
        return frames + said if self.changes else said.sigmoid()


@dataclass(frozen=True, eq=False)
class Watched:
    """What a network makes of T frames.

    Attributes:
        said: what it predicts of the frames 2 … T, (T − 1, P); read-only.
        surprise: the mean squared error of each, (T − 1,); read-only.
        states: what its cell computed, T steps.
        parity: how far that is from PyTorch's own.
    """

    said: Float[np.ndarray, "N P"]
    surprise: Float[np.ndarray, " N"]
    states: LayerTrace
    parity: float

    def __post_init__(self) -> None:
        self.said.flags.writeable = self.surprise.flags.writeable = False


def watch(model: FramePredictor, frames: Float[np.ndarray, "T P"]) -> Watched:
    """Read frames one by one, from a state of zeros, and predict each from those before it."""
    seen = np.array(frames, np.float32)
    trace = record(model.recurrent, torch.from_numpy(seen))
    with torch.inference_mode():
        states = torch.from_numpy(np.array(trace.output, dtype=np.float32))
        said = model.read(states, torch.from_numpy(seen))[:-1].numpy()  # (T − 1, P)
    return Watched(said, frame_errors(said, seen[1:]), trace.layers[0][0], trace.parity)


def roll_out(model: FramePredictor, frames: Float[np.ndarray, "T P"], steps: int) -> Float[np.ndarray, "K P"]:
    """So many frames after those that were seen: each predicted frame is read as if it had been seen."""
    found = []
    with torch.inference_mode():
        seen = torch.from_numpy(np.array(frames, np.float32))[None]  # (1, T, P)
        outputs, state = model.recurrent(seen)
        frame = model.read(outputs[:, -1:], seen[:, -1:])  # (1, 1, P)
        for _ in range(steps):
            found.append(frame[0, 0].numpy())
            outputs, state = model.recurrent(frame, state)
            frame = model.read(outputs, frame)
    return np.stack(found)


def surprise_gradient(model: FramePredictor, frames: Float[np.ndarray, "T P"], step: int) -> Float[np.ndarray, "S P"]:
    """∂E/∂x of every frame before a step, E being the mean squared error of the frame predicted there.

    The frame itself is held: only what was predicted moves.

    Args:
        model: as it was trained.
        frames: what is seen.
        step: S, 1 … T − 1, 0-based: which frame is predicted.
    """
    weight = next(model.parameters())
    every = torch.from_numpy(np.array(frames)).to(weight.dtype)
    seen = every[None, :step].requires_grad_()  # (1, S, P)
    with torch.enable_grad():
        error = (model(seen)[0, -1] - every[step]).square().mean()
    (slopes,) = torch.autograd.grad(error, seen)
    found: Float[np.ndarray, "S P"] = slopes[0].double().numpy()
    return found


def build_predictor(spec: VideoSpec, _: Tokenizer) -> FramePredictor:
    """The network of a spec, with torch's first values."""
    return FramePredictor(spec.cell, SIDE * SIDE, spec.hidden)


@cache
def no_words() -> Tokenizer:
    """It reads pixels: what every network has to read by is empty."""
    return Tokenizer(Vocabulary(()), (), (), by="gap")


def tokenizer_of(_: VideoSpec) -> Tokenizer:
    """The same for every spec."""
    return no_words()


PREDICTORS: Family[VideoSpec, FramePredictor] = Family(build_predictor, tokenizer_of, stored=torch.float16)
