"""What the speech chapter keeps between runs for all readers: never a sound of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._ui.memo import cached

if TYPE_CHECKING:
    from rnn_core.sound.clips import Clip
    from rnn_core.specs import ModelSpec
    from rnn_core.speech.digits import Answers, Recogniser, Worth
    from rnn_core.speech.measures import Listened


@cached()
def listen(clip: Clip, held: float) -> Listened:
    """A clip as the detector hears it, and as it would with its forget gate clamped."""
    from rnn_core.sound import clips
    from rnn_core.speech import detector  # needs torch

    return detector.listen(clips.scene(clip).samples, held)


@cached()
def answers(spec: Recogniser, digit: int) -> Answers:
    """What a network answers while the recorded voice says a digit."""
    from rnn_core.speech import digits  # needs torch

    return digits.recorded(spec, digit)


@cached()
def measure(spec: ModelSpec) -> Worth:
    """What the network of a run is worth, which no manifest has."""
    from rnn_core.speech import digits  # needs torch

    return digits.measure(spec)


@cached()
def worth() -> tuple[Worth, ...]:
    """What the networks are worth, by their manifest."""
    from rnn_core.training import digits  # needs torch
    from rnn_core.training.tasks import DIGITS

    return digits.worth(DIGITS.manifest())
