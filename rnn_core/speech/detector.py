"""Silero's network that hears where somebody speaks, in torch: its weights are read from its package, which is not run.

Every 32 ms it takes 512 new samples and the 64 before them, four convolutions make 128 features of their spectrum, an
LSTM reads these one step after the other, and its state becomes the probability of speech.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from jaxtyping import Float
from safetensors import SafetensorError
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn.functional import pad

from rnn_core.errors import KiokuError
from rnn_core.recurrent.clamps import Clamp
from rnn_core.recurrent.recording import record
from rnn_core.speech.measures import Listened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rnn_core.recurrent.trace import Trace

FRAME, BEFORE = 512, 64  # samples of 16 kHz: what is new in a step, and what it sees again of the step before
UNITS = 128
WIDTHS, STRIDES = (129, 128, 64, 64, UNITS), (1, 2, 2, 1)
STFT, HOP = 256, 128
FILE = "silero_vad_16k.safetensors"


class SpeechDetector(nn.Module):
    """Windows of a sound → features → LSTM → the logit of speech.

    Example:
        >>> SpeechDetector()(torch.zeros(1, 3, 576)).shape
        torch.Size([1, 3])
    """

    def __init__(self) -> None:
        super().__init__()
        self.stft = nn.Conv1d(1, 2 * WIDTHS[0], STFT, HOP, bias=False)
        pairs = zip(WIDTHS[:-1], WIDTHS[1:], STRIDES, strict=True)
        self.encoder = nn.ModuleList(nn.Conv1d(one, other, 3, stride, 1) for one, other, stride in pairs)
        self.recurrent = nn.LSTM(UNITS, UNITS, batch_first=True)
        self.readout = nn.Linear(UNITS, 1)

    def features(self, windows: Float[Tensor, "N S"]) -> Float[Tensor, "N D"]:
        """What the LSTM gets of each window."""
        spectrum = self.stft(pad(windows[:, None], (0, BEFORE), "reflect"))  # (N, 258, 4)
        x: Tensor = (spectrum[:, : WIDTHS[0]] ** 2 + spectrum[:, WIDTHS[0] :] ** 2).sqrt()  # (N, 129, 4)
        for layer in self.encoder:
            x = layer(x).relu()
        return x.squeeze(-1)

    def logits(self, states: Float[Tensor, "*B D"]) -> Float[Tensor, "*B"]:
        """What the states say before the sigmoid."""
        scores: Tensor = self.readout(states.relu())[..., 0]
        return scores

    def forward(self, windows: Float[Tensor, "B T S"]) -> Float[Tensor, "B T"]:
        """The logit of speech at each step."""
        features = self.features(windows.flatten(0, 1)).reshape(*windows.shape[:2], UNITS)
        return self.logits(self.recurrent(features)[0])


@dataclass(frozen=True, eq=False)
class Heard:
    """What the network makes of a sound.

    Attributes:
        features: what its LSTM got, (T, 128).
        trace: states and gates of T steps of 32 ms.
        speech: the probability of speech at each step, (T,); read-only.
    """

    features: Float[np.ndarray, "T D"]
    trace: Trace
    speech: Float[np.ndarray, " T"]

    def __post_init__(self) -> None:
        self.speech.flags.writeable = False


@cache
def load_detector() -> SpeechDetector:
    """The network, for reading only.

    Raises:
        KiokuError: its package is not there, or holds another network.
    """
    package = find_spec("silero_vad")
    if package is None or package.origin is None:
        raise KiokuError("package_missing", what=FILE, package="silero-vad")
    path = Path(package.origin).parent / "data" / FILE
    with torch.inference_mode(False):
        model = SpeechDetector()
        try:
            model.load_state_dict(_named(load_file(path)))
        except (OSError, SafetensorError, KeyError, RuntimeError):
            raise KiokuError("package_weights", package="silero-vad", path=FILE) from None
    return model.eval().requires_grad_(False)


def _named(theirs: dict[str, Tensor]) -> dict[str, Tensor]:
    """Their weights by the names of ours."""
    ours = {"stft.weight": theirs["stft_conv.weight"]}
    for kind in ("weight", "bias"):
        ours |= {f"encoder.{n}.{kind}": theirs[f"conv{n + 1}.{kind}"] for n in range(len(STRIDES))}
        ours |= {f"recurrent.{kind}_{side}_l0": theirs[f"lstm_cell.{kind}_{side}"] for side in ("ih", "hh")}
    return ours | {"readout.weight": theirs["final_conv.weight"][..., 0], "readout.bias": theirs["final_conv.bias"]}


def windows_of(samples: Float[np.ndarray, " N"]) -> Float[Tensor, "T S"]:
    """A sound at 16 kHz as the network takes it in: silence before it, and after it up to a whole step."""
    sound = torch.tensor(samples, dtype=torch.float32)
    steps = max(1, -(-len(sound) // FRAME))
    whole = pad(sound, (BEFORE, steps * FRAME - len(sound)))
    return whole.unfold(0, FRAME + BEFORE, FRAME)


def hear(samples: Float[np.ndarray, " N"], clamps: Sequence[Clamp] = ()) -> Heard:
    """What the network makes of a sound at 16 kHz, with what is clamped of its LSTM.

    Raises:
        KiokuError: what `load_detector` and `record` raise.
    """
    model = load_detector()
    with torch.inference_mode():
        features = model.features(windows_of(samples))
        trace = record(model.recurrent, features, clamps=clamps)
        speech = model.logits(torch.from_numpy(trace.output.copy())).sigmoid()
    return Heard(features.numpy(), trace, speech.numpy())


def listen(samples: Float[np.ndarray, " N"], held: float) -> Listened:
    """Hear a sound at 16 kHz twice: as it is, and with the forget gate of all units clamped at `held`.

    Raises:
        KiokuError: what `hear` raises.
    """
    return Listened(hear(samples), hear(samples, [Clamp("forget_gate", held)]).speech, held)
