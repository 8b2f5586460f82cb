"""What is computed for pages and kept between runs and readers (`memo`), keyed by specs and words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import rnn_core as rc
from pages._ui.memo import cached, memoized
from rnn_core import order, runtime
from rnn_core.gradients import cliff
from rnn_core.gradients.cliff import Surface
from rnn_core.models.answer import Answer
from rnn_core.models.model_trace import FIRST_PICTURE, ModelTrace, in_reading_order, load_model_trace
from rnn_core.models.sentence_spec import SentenceGradients, SentenceSpec, SentenceSteps
from rnn_core.recurrent.circuit import compute_wires
from rnn_core.recurrent.clamps import Clamp
from rnn_core.specs import ModelSpec, NetworkSpec, ReplyingSpec, StatesSpec
from rnn_core.statistics import comparison
from rnn_core.tasks import smalltalk
from rnn_core.text.tokenizer import MAX_TOKENS, Pieces, Segmented, segment

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from rnn_core.runs import Run
    from rnn_core.training.order import Baselines, OrderScore

    Arrays = Mapping[str, NDArray[np.floating]]


LONG = 6_000  # words · units; to look back over more takes some tenths of a second


@cached()
def words(sentence: str, by: Pieces = "word") -> Segmented:
    """The sentence in words, or in characters."""
    return segment(sentence, by)


@cached()
def trace(spec: StatesSpec, tokens: Sequence[str], clamps: Sequence[Clamp] = ()) -> ModelTrace:
    """What the model of `spec` computes on these words, with what is held."""
    return rc.run(spec, tokens, clamps)


@cached()
def answers(spec: NetworkSpec, sentences: Sequence[Sequence[str]]) -> tuple[Answer, ...]:
    """What the network of `spec` expects after each of these sentences."""
    from rnn_core.models import registry  # needs torch

    return registry.answers(spec, sentences)


@cached()
def reach(spec: NetworkSpec, tokens: Sequence[str], word: str) -> NDArray[np.float64]:
    """How far the answer of the network moves when `word` replaces the word at each place."""
    from rnn_core.models import registry  # needs torch

    replaced = (order.replaced(tokens, place, word) for place in range(len(tokens)))
    return order.moved([answer.distribution for answer in registry.answers(spec, (tokens, *replaced))])


@cached()
def lengths() -> Mapping[NetworkSpec, tuple[int, ...]]:
    """The numbers that each of the compared networks learns so as to read 1, 2, … words."""
    from rnn_core.models import sizes  # needs torch

    return {spec: sizes.by_length(spec, range(1, MAX_TOKENS + 1)) for spec in order.NETWORKS}


@cached()
def order_scores() -> tuple[Mapping[NetworkSpec, OrderScore], int, int, Baselines]:
    """How often each of the compared networks answers right, among how many sentences and how many twins.

    Beside it, how often one does that does not read.
    """
    from rnn_core.training import order as held_out  # needs torch
    from rnn_core.training.tasks import SMALLTALK

    manifest = SMALLTALK.manifest()
    counted = manifest["sentences"]
    right = {spec: manifest["order"][spec.name] for spec in order.NETWORKS}
    return right, counted["test"], counted["twins"], held_out.baselines()


@cached()
def _weights(spec: ModelSpec, layer: int, direction: int) -> Arrays:
    """The weights of one direction of one recurrent layer as arrays, by torch's names of a single layer."""
    from rnn_core.models import registry  # needs torch

    suffix = f"_l{layer}{'_reverse' if direction else ''}"
    weights = registry.RECURRENT.memoized(spec).recurrent.state_dict()
    return {
        f"{name.removesuffix(suffix)}_l0": weight.numpy() for name, weight in weights.items() if name.endswith(suffix)
    }


@cached()
def weights_file(spec: NetworkSpec) -> bytes:
    """The model's weights as a file to take home."""
    from rnn_core.models import registry  # needs torch

    return registry.family_of(spec).weights_bytes(spec)


def known(word: str) -> bool:
    """Whether the networks have learned this word."""
    return word in smalltalk.vocabulary()


@cached()
def accuracy(spec: ReplyingSpec) -> float | None:
    """The share of held-out sentences that a shipped model answers right; None for weights that are not shipped."""
    from rnn_core.training.accuracy import find_accuracy  # needs torch

    return find_accuracy(spec)


@cached()
def shown(trace: ModelTrace, layer: int, direction: int) -> ModelTrace:
    """The trace as one direction of one layer has it."""
    return in_reading_order(trace, layer, direction)


def wires(trace: ModelTrace, layer: int = 0, direction: int = 0) -> Arrays:
    """The values on the wires of a cell, from the trace as this direction of this layer has it."""
    # Before torch is there, only the stored picture is shown: an LSTM's, whose wires follow from its trace alone.
    spec = trace.spec
    weights = _weights(spec, layer, direction) if runtime.ready() and isinstance(spec, ModelSpec) else {}
    return memoized(compute_wires, trace.layer(), trace.embedding, weights)


@cached()
def similar(values: NDArray[np.floating]) -> tuple[int, ...]:
    """The units of (T, H) values in an order in which those that move alike are neighbours."""
    return comparison.similarity_order(values)


def _long(spec: SentenceSpec) -> bool:
    """Whether it takes some tenths of a second to look back over all of it."""
    return len(spec.words) * spec.model.hidden > LONG


@cached(heavy=_long)
def find_gradients(spec: SentenceSpec) -> SentenceGradients:
    """What a loss says of every word that the network of `spec` has read, in the order in which its direction reads."""
    from rnn_core.models import sentence_gradients  # needs torch

    return sentence_gradients.find_gradients(spec).in_order_of_reading()


@cached(heavy=_long)
def find_influence(spec: SentenceSpec) -> NDArray[np.float64]:
    """What each word does to each state, (T, T), in the same order."""
    from rnn_core.models import sentence_gradients  # needs torch

    found = sentence_gradients.find_influence(spec)
    return found[::-1, ::-1] if spec.direction else found


@cached(heavy=_long)
def find_steps(spec: SentenceSpec) -> SentenceSteps:
    """What each step can do to a gradient, in the same order."""
    from rnn_core.models import sentence_gradients  # needs torch

    return sentence_gradients.find_steps(spec).in_order_of_reading()


@cached(heavy=lambda clip, threshold: True)  # noqa: ARG005  # a training, whatever is chosen
def training(clip: Literal["norm", "value", "none"], threshold: float) -> Run:
    """The loss and the gradients of the training in which they explode."""
    from rnn_core.training import clipping  # needs torch

    return clipping.run(clipping.ClippingSpec(clip=clip, threshold=threshold))


@cached()
def surface() -> Surface:
    """The loss of one unit over its two numbers."""
    return cliff.surface()


@cached()
def first_picture() -> ModelTrace:
    """The stored trace of the page as it opens, readable before torch is imported."""
    return load_model_trace(FIRST_PICTURE)
