"""What is known of the detector before torch is there."""

from typing import Literal, TypeAlias

HALF = 0.5  # the threshold at which a clamp is judged
STEP_MS = 32
Change: TypeAlias = Literal["none", "fewer", "same", "more"]
CHANGES: tuple[Change, ...] = ("none", "fewer", "same", "more")
"""How many steps it takes for speech once its forget gate is clamped, in their order."""
DRAWN = ("forget_gate", "input_gate", "cell_state", "hidden_state")
"""The quantities that are drawn under a sound, where a screen holds no more."""
