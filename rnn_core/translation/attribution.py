"""On which source tokens an output measurably hangs, by gradient and by leaving out, and whether attention agrees.

Attention says where a decoder looked. Whether the output would be another without what it saw is another question, and
it has an answer that can be measured.
Source: Jain & Wallace 2019, "Attention is not Explanation", compare attention with gradients and leave-one-out by rank.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor

from rnn_core.models.model_trace import ModelTrace
from rnn_core.statistics.ranks import spearman
from rnn_core.text.symbols import UNKNOWN_ID
from rnn_core.translation.decoding import translate
from rnn_core.translation.registry import memoized, read_tokens, vocabularies

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rnn_core.specs import TranslatorSpec
    from rnn_core.translation.encoder_decoder import EncoderDecoder

    Float64 = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Attribution:
    """What each output hangs on. Shapes: T steps of the output, S source tokens; every array is read-only.

    Attributes:
        trace: the translation whose outputs are explained; they are held while the source is changed.
        log_probability: log p of each output, (T,).
        gradient: ‖∂ log p_t / ∂e_s‖, where e_s is the token's embedding, (T, S), ≥ 0.
        gradient_input: ∂ log p_t / ∂e_s · e_s, to first order what the embedding adds to log p_t, (T, S).
        deletion: log p_t with the source as it is − log p_t without token s, (T, S): above 0 where the token speaks for
            the output. nan where the source has only one token.
        replacement: the same with token s replaced by the unknown one; nan where the model knows no unknown token.
        agreement: Spearman's rank correlation of each step's attention, the mean over heads, with each of the above
            (the size of `gradient_input`), (T,) each, in [−1, 1]; nan where all are equal. Empty without attention.
    """

    trace: ModelTrace
    log_probability: Float64
    gradient: Float64
    gradient_input: Float64
    deletion: Float64
    replacement: Float64
    agreement: Mapping[str, Float64]

    def __post_init__(self) -> None:
        arrays = (self.log_probability, self.gradient, self.gradient_input, self.deletion, self.replacement)
        for array in (*arrays, *self.agreement.values()):
            array.flags.writeable = False

    @property
    def fall(self) -> Float64:
        """By how much the probability of each output falls without each source token, (T, S), in [−1, 1]."""
        before = self.log_probability[:, None]
        # p − p exp(−deletion)
        return np.exp(before) - np.exp(before - self.deletion)

    @property
    def gradient_share(self) -> Float64:
        """`gradient` as shares of each step's sum, (T, S); nan where a step has no gradient at all."""
        with np.errstate(invalid="ignore"):
            share: Float64 = self.gradient / self.gradient.sum(axis=1, keepdims=True)
        return share

    def agreement_with(self, weights: NDArray[np.floating]) -> dict[str, Float64]:
        """`agreement` of other weights than the mean over heads, (T, S): those of one head."""
        found = {name: getattr(self, name) for name in ("gradient", "gradient_input", "deletion", "replacement")}
        return _agreement(weights, found)


def explain(
    spec: TranslatorSpec, tokens: Sequence[str], choose: Sequence[tuple[int, str]] = (), length: int | None = None
) -> Attribution:
    """Measure on which source tokens each output of `translate` depends.

    Raises:
        KiokuError: what `translate` raises.

    Example:
        >>> from rnn_core.specs import TranslatorSpec
        >>> tea = explain(TranslatorSpec(task="katakana", attention="dot", hidden=128), ("t", "e", "a"))
        >>> tea.deletion.shape, sorted(tea.agreement)
        ((4, 5), ['deletion', 'gradient', 'gradient_input'])
    """
    trace = translate(spec, tokens, choose, (), length)
    model, known = memoized(spec), vocabularies(spec)
    ids = torch.tensor(read_tokens(spec, tokens)[1])  # (S,)
    target = torch.tensor([known.begin, *trace.chosen])  # (1 + T,)
    with torch.inference_mode():
        log_p = _log_probabilities(model, model.embed(ids[None]), target)[0].numpy()  # (T,)
        gaps = {"deletion": log_p[:, None] - _without(model, ids, target)}  # (T, S)
        gaps["replacement"] = log_p[:, None] - _replaced(model, ids, target, spec.task != "katakana")
    slopes, embedded = _slopes(model, ids, target)  # (T, S, E), (S, E)
    found = {
        "gradient": np.sqrt((slopes**2).sum(axis=-1)),
        "gradient_input": np.einsum("tse,se->ts", slopes, embedded),
        **gaps,
    }
    agreement = _agreement(trace.attention[0]["attention"].mean(axis=1), found) if trace.attention else {}
    return Attribution(trace, log_p, **found, agreement=MappingProxyType(agreement))


def _log_probabilities(model: EncoderDecoder, embedded: Tensor, target: Tensor) -> Tensor:
    """log p of each right token after those before it, for B sources of one length: (B, T), float64."""
    memory = model.read(embedded, torch.full((len(embedded),), embedded.shape[1]))
    scores = model.follow(memory, target[None, :-1].expand(len(embedded), -1))  # (B, T, V)
    right = target[None, 1:, None].expand(len(embedded), -1, -1)  # (B, T, 1)
    return scores.double().log_softmax(dim=-1).gather(-1, right)[..., 0]


def _without(model: EncoderDecoder, ids: Tensor, target: Tensor) -> Float64:
    """log p of each output, (T, S), where source token s is left out."""
    positions = len(ids)
    if positions == 1:
        return np.full((len(target) - 1, 1), np.nan)
    others = ~torch.eye(positions, dtype=torch.bool)
    shorter = ids.expand(positions, -1)[others].view(positions, positions - 1)
    found: Float64 = _log_probabilities(model, model.embed(shorter), target).T.numpy()
    return found


def _replaced(model: EncoderDecoder, ids: Tensor, target: Tensor, has_unknown: bool) -> Float64:
    """log p of each output, (T, S), where source token s is the unknown one."""
    positions = len(ids)
    if not has_unknown:
        return np.full((len(target) - 1, positions), np.nan)
    changed = ids.expand(positions, -1).masked_fill(torch.eye(positions, dtype=torch.bool), UNKNOWN_ID)
    found: Float64 = _log_probabilities(model, model.embed(changed), target).T.numpy()
    return found


def _slopes(model: EncoderDecoder, ids: Tensor, target: Tensor) -> tuple[Float64, Float64]:
    """∂ log p_t / ∂e_s, (T, S, E), and the embeddings, (S, E).

    One copy of the source a step, so that one pass backwards gives the gradients of all steps.
    """
    with torch.enable_grad():
        embedded = model.embed(ids[None])  # (1, S, E)
        copies = embedded.detach().repeat(len(target) - 1, 1, 1).requires_grad_()  # (T, S, E)
        own = _log_probabilities(model, copies, target).diagonal().sum()
        (slopes,) = torch.autograd.grad(own, copies)
    return slopes.double().numpy(), embedded[0].detach().double().numpy()


def _agreement(weights: NDArray[np.floating], found: Mapping[str, Float64]) -> dict[str, Float64]:
    kinds = {name: np.abs(values) if name == "gradient_input" else values for name, values in found.items()}
    if np.isnan(kinds["replacement"]).all():
        del kinds["replacement"]
    return {
        name: np.array([spearman(row, hangs) for row, hangs in zip(weights, values, strict=True)])
        for name, values in kinds.items()
    }
