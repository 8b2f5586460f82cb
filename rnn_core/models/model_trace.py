"""What a whole model did with a sentence: tokens → embedding → recurrent layers → distribution, immutable.

It can be stored and read back without torch, so that a picture is on the screen before torch is imported.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

import numpy as np
from jaxtyping import Float
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save_file

from rnn_core.errors import KiokuError
from rnn_core.quantities import QUANTITIES
from rnn_core.specs import ModelSpec
from rnn_core.tasks import smalltalk
from rnn_core.trace import LayerTrace, Trace

PRETRAINED = Path(__file__).resolve().parents[1] / "pretrained"
FIRST_PICTURE = PRETRAINED / "first-picture.safetensors"
META = "kioku"  # the one metadata key of our files; a second one would make the order of bytes a matter of chance


@dataclass(frozen=True)
class Token:
    """One word as the model received it.

    Attributes:
        text: the word as it was typed.
        known: whether the model's vocabulary has it; an unknown word is embedded as `<unk>`.
        gloss: its English meaning, "" where there is none.
    """

    text: str
    known: bool
    gloss: str


@dataclass(frozen=True)
class Guess:
    """One output of the model at one step.

    Attributes:
        text: the word or the reply.
        probability: in [0, 1].
        ends: True for a reply, which ends the sentence.
        gloss: its English meaning, "" where there is none.
    """

    text: str
    probability: float
    ends: bool
    gloss: str


def likeliest(
    distribution: Float[np.ndarray, " V"], outputs: tuple[str, ...], ends: tuple[bool, ...], count: int
) -> tuple[Guess, ...]:
    """The `count` likeliest of V outputs, likeliest first; of equals the first in order."""
    best = (int(index) for index in np.argsort(-distribution, kind="stable")[:count])
    return tuple(Guess(outputs[i], float(distribution[i]), ends[i], smalltalk.gloss(outputs[i])) for i in best)


@dataclass(frozen=True, eq=False)
class ModelTrace:
    """Everything that a next-word model computed on one sentence.

    Shapes: T words, E numbers a word, V outputs.

    Attributes:
        spec: which model.
        tokens: the T words.
        embedding: what the recurrent layer received, (T, E); read-only.
        layers: every quantity of the recurrent layers.
        distribution: the probability of each output after each word, (T, V), each row sums to 1; read-only.
        outputs: the V outputs: the vocabulary's words, then the replies.
        ends: which of the outputs are replies.
        parameters: how many numbers were learned in the recurrent layers.
    """

    spec: ModelSpec
    tokens: tuple[Token, ...]
    embedding: Float[np.ndarray, "T E"]
    layers: Trace
    distribution: Float[np.ndarray, "T V"]
    outputs: tuple[str, ...]
    ends: tuple[bool, ...]
    parameters: int

    def __post_init__(self) -> None:
        self.embedding.flags.writeable = False
        self.distribution.flags.writeable = False

    def __len__(self) -> int:
        """T, the number of words."""
        return len(self.tokens)

    def top(self, step: int, count: int) -> tuple[Guess, ...]:
        """The `count` likeliest outputs after the word at `step` (0-based), likeliest first.

        Raises:
            KiokuError: no such step.
        """
        if not 0 <= step < len(self):
            raise KiokuError("no_such_step", given=step, steps=len(self))
        return likeliest(self.distribution[step], self.outputs, self.ends, count)

    @property
    def reply(self) -> Guess:
        """The likeliest output after the last word."""
        return self.top(len(self) - 1, 1)[0]

    def save(self, path: Path) -> None:
        """Write it as one safetensors file: arrays under their names, the rest as JSON in its metadata."""
        arrays = {"embedding": self.embedding, "distribution": self.distribution, "output": self.layers.output}
        for layer, directions in enumerate(self.layers.layers):
            for direction, values in enumerate(directions):
                arrays |= {f"{layer}.{direction}.{key}": array for key, array in values.items()}
        meta: _Meta = {
            "spec": self.spec.canonical,
            "tokens": [(token.text, token.known, token.gloss) for token in self.tokens],
            "parity": self.layers.parity,
            "outputs": list(self.outputs),
            "ends": list(self.ends),
            "parameters": self.parameters,
        }
        # a transposed view would be written in the order of its memory, so each array is laid out afresh
        save_file({key: np.ascontiguousarray(array) for key, array in arrays.items()}, path, {META: json.dumps(meta)})


def load_model_trace(path: Path) -> ModelTrace:
    """Read what `ModelTrace.save` wrote; needs no torch.

    Raises:
        KiokuError: there is no such file, or it is not a stored trace.
    """
    try:
        with safe_open(path, framework="numpy") as file:
            meta = json.loads(file.metadata()[META])
            arrays = {key: file.get_tensor(key) for key in file.keys()}  # noqa: SIM118  # not a dict
        return _assemble(meta, arrays)
    except (OSError, SafetensorError, LookupError, TypeError, ValueError):
        raise KiokuError("stored_trace", path=str(path)) from None


class _Meta(TypedDict):
    """What a stored trace has beside its arrays."""

    spec: str
    tokens: list[tuple[str, bool, str]]
    parity: float
    outputs: list[str]
    ends: list[bool]
    parameters: int


def _assemble(meta: _Meta, arrays: dict[str, np.ndarray]) -> ModelTrace:
    spec = ModelSpec.model_validate_json(meta["spec"])
    keys = [row.key for row in QUANTITIES.of(spec.cell)]
    layers = tuple(
        tuple(
            LayerTrace(spec.cell, {key: arrays[f"{layer}.{direction}.{key}"] for key in keys})
            for direction in range(1 + spec.bidirectional)
        )
        for layer in range(spec.layers)
    )
    return ModelTrace(
        spec=spec,
        tokens=tuple(Token(*token) for token in meta["tokens"]),
        embedding=arrays["embedding"],
        layers=Trace(spec.cell, layers, arrays["output"], meta["parity"]),
        distribution=arrays["distribution"],
        outputs=tuple(meta["outputs"]),
        ends=tuple(meta["ends"]),
        parameters=meta["parameters"],
    )
