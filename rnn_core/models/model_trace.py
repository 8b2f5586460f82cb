"""What a whole model did with a sentence: tokens → embedding → recurrent layers → distribution, immutable.

It can be stored and read back without torch, so that a picture is on the screen before torch is imported.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypedDict

import numpy as np
from jaxtyping import Float
from safetensors import SafetensorError, safe_open
from safetensors.numpy import save_file

from rnn_core.checkout import named
from rnn_core.errors import KiokuError
from rnn_core.quantities import QUANTITIES
from rnn_core.recurrent.directions import within
from rnn_core.recurrent.trace import LayerTrace, NamedArrays, Trace
from rnn_core.specs import ModelSpec, TracedSpec
from rnn_core.text.tokenizer import Token

PRETRAINED = Path(__file__).resolve().parents[1] / "pretrained"
FIRST_PICTURE = PRETRAINED / "first-picture.safetensors"
META = "kioku"  # the one metadata key of our files; a second one would make the order of bytes a matter of chance


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
    distribution: Float[np.ndarray, " V"],
    outputs: tuple[str, ...],
    ends: tuple[bool, ...],
    glosses: tuple[str, ...],
    count: int,
) -> tuple[Guess, ...]:
    """The `count` likeliest of V outputs, likeliest first; of equals the first in order."""
    best = (int(index) for index in np.argsort(-distribution, kind="stable")[:count])
    return tuple(Guess(outputs[i], float(distribution[i]), ends[i], glosses[i] if glosses else "") for i in best)


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
        distribution: the probability of each output after each step, (T, V), each row sums to 1; read-only. None of a
            model without a readout, which has states and says nothing.
        outputs: the V outputs: the vocabulary's words, then the replies; or the target tokens.
        ends: which of the outputs end a sentence.
        parameters: how many numbers were learned between embedding and readout.
        glosses: the English meaning of each output, () where there are none.
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
    distribution: Float[np.ndarray, "T V"] | None
    outputs: tuple[str, ...]
    ends: tuple[bool, ...]
    parameters: int
    glosses: tuple[str, ...] = ()
    source: Encoded | None = None
    attention: tuple[NamedArrays, ...] = ()
    chosen: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        self.embedding.flags.writeable = False
        if self.distribution is not None:
            self.distribution.flags.writeable = False

    def __len__(self) -> int:
        """T, the number of words."""
        return len(self.tokens)

    @property
    def probabilities(self) -> Float[np.ndarray, "T V"]:
        """`distribution`, of a model that has a readout.

        Raises:
            KiokuError: it has none.
        """
        if self.distribution is None:
            raise KiokuError("no_readout")
        return self.distribution

    def layer(self, layer: int = 0, direction: int = 0) -> LayerTrace:
        """One direction of one layer: by default the first layer forwards, which is all there is of most models."""
        return self.layers.layers[layer][direction]

    def top(self, step: int, count: int) -> tuple[Guess, ...]:
        """The `count` likeliest outputs after the word at `step` (0-based), likeliest first.

        Raises:
            KiokuError: no such step, or a model without a readout.
        """
        if not 0 <= step < len(self):
            raise KiokuError("no_such_step", given=step, steps=len(self))
        return likeliest(self.probabilities[step], self.outputs, self.ends, self.glosses, count)

    @property
    def written(self) -> tuple[Guess, ...]:
        """What was written at each step, with its probability; the last one ends it, unless it was cut off."""
        words = zip(self.chosen, self.probabilities, strict=False)
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
        arrays = {"embedding": self.embedding, "distribution": self.probabilities, "output": self.layers.output}
        for layer, directions in enumerate(self.layers.layers):
            for direction, values in enumerate(directions):
                arrays |= {f"{layer}.{direction}.{key}": array for key, array in values.items()}
        meta: _Meta = {
            "spec": self.spec.canonical,
            "tokens": [(token.text, token.known, token.gloss) for token in self.tokens],
            "parity": self.layers.parity,
            "outputs": list(self.outputs),
            "ends": list(self.ends),
            "glosses": list(self.glosses),
            "parameters": self.parameters,
        }
        # a transposed view would be written in the order of its memory, so each array is laid out afresh
        save_file({key: np.ascontiguousarray(array) for key, array in arrays.items()}, path, {META: json.dumps(meta)})


def in_reading_order(trace: ModelTrace, layer: int, direction: int) -> ModelTrace:
    """A trace as one direction of one layer has it: what it received, and its quantities, in the order of its reading.

    The backward direction reads the last word first, so its first step is the last word, and what stands before a step
    is what it has read before. It says nothing by itself: the readout reads both directions at every word.

    Args:
        trace: of a recurrent model.
        layer, direction: 0-based; 1 is backward.

    Raises:
        KiokuError: no such layer or direction.

    Example:
        >>> stored = load_model_trace(FIRST_PICTURE)
        >>> in_reading_order(stored, 0, 0) is stored
        True
    """
    directions = trace.layers.layers[within("layer", layer, len(trace.layers.layers))]
    own = directions[within("direction", direction, len(directions))]
    if len(trace.layers.layers) == len(directions) == 1:
        return trace
    received = trace.embedding
    if layer:
        received = np.concatenate([below["hidden_state"] for below in trace.layers.layers[layer - 1]], axis=1)
    order = slice(None, None, -1 if direction else 1)
    turned = LayerTrace(own.cell, {key: np.array(values[order]) for key, values in own.items()})
    output = np.array(trace.layers.output[order])
    return replace(
        trace,
        tokens=trace.tokens[order],
        embedding=np.array(received[order]),
        layers=Trace(trace.layers.cell, ((turned,),), output, trace.layers.parity),
        distribution=None if direction else trace.distribution,
    )


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
    glosses: list[str]
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
        glosses=tuple(meta["glosses"]),
        parameters=meta["parameters"],
    )
