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

from rnn_core.checkout import named
from rnn_core.errors import KiokuError
from rnn_core.quantities import QUANTITIES
from rnn_core.recurrent.trace import LayerTrace, NamedArrays, Trace
from rnn_core.specs import ModelSpec, TracedSpec
from rnn_core.tasks import smalltalk

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
class Encoded:
    """What a translating model read before it wrote anything.

    Attributes:
        tokens: the S source tokens.
        embedding: what the encoder received, (S, E); read-only.
        layers: every quantity of the encoder, in both directions.
    """

    tokens: tuple[Token, ...]
    embedding: Float[np.ndarray, "S E"]
    layers: Trace

    def __post_init__(self) -> None:
        self.embedding.flags.writeable = False

    def __len__(self) -> int:
        """S, the number of source tokens."""
        return len(self.tokens)


@dataclass(frozen=True, eq=False)
class ModelTrace:
    """Everything that a model computed on one sentence: a next-word model, or the decoder of a translation model.

    Shapes: T steps, E numbers a word, V outputs, S source tokens, K heads.

    Attributes:
        spec: which model.
        tokens: the T words that it received, one a step; what a decoder receives is what it wrote the step before.
        embedding: what the first recurrent layer received, (T, E); read-only.
        layers: every quantity of the recurrent layers.
        distribution: the probability of each output after each step, (T, V), each row sums to 1; read-only.
        outputs: the V outputs: the vocabulary's words, then the replies; or the target tokens.
        ends: which of the outputs end a sentence.
        parameters: how many numbers were learned between embedding and readout.
        source: what a translating model read.
        attention: of each layer that looks back, its arrays, time of the target first. "attention" is (T, K, S), each
            row sums to 1, 0 where it does not look; "scores" is what it is the softmax of, (T, K, S). In a translating
            model "values" is what it averages, (S, K, D), and "context" the averages, (T, K, D).
        chosen: which output was written at each step of a translating model.
    """

    spec: TracedSpec
    tokens: tuple[Token, ...]
    embedding: Float[np.ndarray, "T E"]
    layers: Trace
    distribution: Float[np.ndarray, "T V"]
    outputs: tuple[str, ...]
    ends: tuple[bool, ...]
    parameters: int
    source: Encoded | None = None
    attention: tuple[NamedArrays, ...] = ()
    chosen: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        self.embedding.flags.writeable = False
        self.distribution.flags.writeable = False

    def __len__(self) -> int:
        """T, the number of words."""
        return len(self.tokens)

    def layer(self, layer: int = 0, direction: int = 0) -> LayerTrace:
        """One direction of one layer: by default the first layer forwards, which is all there is of most models."""
        return self.layers.layers[layer][direction]

    def top(self, step: int, count: int) -> tuple[Guess, ...]:
        """The `count` likeliest outputs after the word at `step` (0-based), likeliest first.

        Raises:
            KiokuError: no such step.
        """
        if not 0 <= step < len(self):
            raise KiokuError("no_such_step", given=step, steps=len(self))
        return likeliest(self.distribution[step], self.outputs, self.ends, count)

    @property
    def written(self) -> tuple[Guess, ...]:
        """What was written at each step, with its probability; the last one ends it, unless it was cut off."""
        words = zip(self.chosen, self.distribution, strict=False)
        return tuple(Guess(self.outputs[i], float(row[i]), self.ends[i], "") for i, row in words)

    @property
    def finished(self) -> bool:
        """Whether what was written came to its end by itself, and was not cut off at a length."""
        return bool(self.chosen) and self.ends[self.chosen[-1]]

    @property
    def reply(self) -> Guess:
        """The likeliest output after the last word."""
        return self.top(len(self) - 1, 1)[0]

    def save(self, path: Path) -> None:
        """Write it as one safetensors file: arrays under their names, the rest as JSON in its metadata.

        Raises:
            KiokuError: the trace of another model than a recurrent next-word one, which has more than a file keeps.
        """
        if not isinstance(self.spec, ModelSpec):
            raise KiokuError("stored_kind", model=self.spec.name)
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
        raise KiokuError("stored_trace", path=named(path)) from None


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
