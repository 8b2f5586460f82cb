"""Networks that answer once the sentence has ended: an LSTM in both directions, and one that looks back at its states.

Both are asked for one distribution after the last word. So whatever is said of the words before is said of the sentence
cut there: `Responded.distribution[t]` is the answer to the first t + 1 words.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from jaxtyping import Float, Int
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from rnn_core.models import weights, zoo
from rnn_core.models.attention import AdditiveAttention
from rnn_core.models.initial_values import InitialValues
from rnn_core.models.language_model import EMBEDDING
from rnn_core.models.model_trace import ModelTrace
from rnn_core.recurrent.recording import record
from rnn_core.recurrent.trace import LayerTrace, NamedArrays, Trace
from rnn_core.specs import ResponderSpec
from rnn_core.tasks import smalltalk

if TYPE_CHECKING:
    from collections.abc import Sequence

KEPT = 8  # models between runs


class ReplyModel(nn.Module):
    """Embedding → LSTM → what is known at the end → one score an output.

    What is known at the end: of the bidirectional one the forward state after the last word and the backward state
    after the first, which that direction reads last; of the attentive one the mean of all states, weighted by how well
    the last state finds that each fits.

    Args:
        spec: its kind and size.
        words: how many words come in, the unknown one included.
        outputs: how many words and replies may come out.

    Example:
        >>> model = ReplyModel(ResponderSpec(kind="bidirectional", hidden=4), words=9, outputs=12)
        >>> model(torch.tensor([[1, 2, 3], [4, 5, 0]]), torch.tensor([3, 2])).shape
        torch.Size([2, 12])
    """

    def __init__(self, spec: ResponderSpec, words: int, outputs: int) -> None:
        super().__init__()
        both = spec.kind == "bidirectional"
        self.embedding = nn.Embedding(words, EMBEDDING)
        self.recurrent = nn.LSTM(EMBEDDING, spec.hidden, batch_first=True, bidirectional=both)
        self.attention = None if both else AdditiveAttention(spec.hidden, spec.hidden)
        self.readout = nn.Linear(spec.units, outputs)

    def forward(self, words: Int[Tensor, "B T"], lengths: Int[Tensor, " B"]) -> Float[Tensor, "B V"]:
        """The score of each output after each sentence, before softmax; sentences are filled up with anything."""
        scores: Tensor = self.readout(self.ended(self._states(words, lengths), lengths))  # (B, V)
        return scores

    def _states(self, words: Int[Tensor, "B T"], lengths: Int[Tensor, " B"]) -> Float[Tensor, "B T N"]:
        x: Tensor = self.embedding(words)  # (B, T, E)
        states: Tensor
        if self.attention is not None or len(words) == 1:
            states = self.recurrent(x)[0]  # what fills a sentence up comes after it: only backwards it would be read
        else:
            packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
            states = pad_packed_sequence(self.recurrent(packed)[0], batch_first=True)[0]
        return states  # (B, T, N)

    def ended(self, states: Float[Tensor, "B T N"], lengths: Int[Tensor, " B"]) -> Float[Tensor, "B N"]:
        """What is known at the end of each sentence, from the LSTM's states."""
        last = states[torch.arange(len(states)), lengths - 1]  # (B, N)
        if self.attention is None:
            half = states.shape[2] // 2
            return torch.cat([last[:, :half], states[:, 0, half:]], dim=1)  # (B, N)
        inside = torch.arange(states.shape[1]) < lengths[:, None]  # (B, T)
        return self.looked(last[:, None], states, inside[:, None])[1][:, 0]

    def looked(
        self, queries: Float[Tensor, "B Q H"], states: Float[Tensor, "B T H"], may: Tensor
    ) -> tuple[Float[Tensor, "B Q T"], Float[Tensor, "B Q H"]]:
        """How much each query looks at each state where it may, (B, Q, T), and what it finds."""
        assert self.attention is not None
        scores = self.attention.scores(queries, self.attention.key(states)[:, None])[:, 0]  # (B, Q, T)
        # α_ts = exp(score_ts) / Σ_r exp(score_tr), over the states that may be looked at
        shares = scores.masked_fill(~may, -torch.inf).softmax(dim=-1)
        return shares, shares @ states

    def causal(self, states: Float[Tensor, "T H"]) -> tuple[Float[Tensor, "T T"], Float[Tensor, "T H"]]:
        """The weights and what they find, of each state as the last one: of the sentence cut after each word."""
        may = torch.ones(len(states), len(states), dtype=torch.bool).tril()
        shares, contexts = self.looked(states[None], states[None], may[None])
        return shares[0], contexts[0]

    def reading(self) -> int:
        """How many numbers are learned between embedding and readout."""
        return sum(weight.numel() for name, weight in self.named_parameters() if name.startswith(("recurrent", "att")))


def fresh(spec: ResponderSpec) -> ReplyModel:
    """The untrained network, drawn from `spec.seed`; the global random state is untouched."""
    with InitialValues(spec.seed):
        return ReplyModel(spec, len(smalltalk.vocabulary()), len(smalltalk.outputs()))


def load(spec: ResponderSpec) -> ReplyModel:
    """The network that `spec` names; each call makes a new one, which is the caller's own.

    Raises:
        KiokuError: its trained weights are missing, damaged, or made for another vocabulary.
    """
    model = fresh(spec)
    if spec.weights == "trained":
        path = weights.path_of(spec.name)
        model.load_state_dict(weights.read(spec.name, path, zoo.made_for(spec), model.state_dict()))
    return model.eval()


def save(model: ReplyModel, spec: ResponderSpec, path: Path) -> None:
    """Write trained weights, and for what they were made; equal weights give equal bytes."""
    weights.write(model.state_dict(), path, zoo.made_for(spec))


def prefixes(tokens: Sequence[str]) -> tuple[Int[Tensor, "T T"], Int[Tensor, " T"]]:
    """The sentence cut after each of its T words, and how long each is.

    Raises:
        KiokuError: no words.
    """
    zoo.check_words(tokens)
    words = torch.tensor(smalltalk.vocabulary().encode(tokens))
    return words.expand(len(words), -1).tril(), torch.arange(1, len(words) + 1)


def run(spec: ResponderSpec, tokens: Sequence[str]) -> ModelTrace:
    """Run the network of `spec` on a sentence and keep its states and its answers.

    The trace's "hidden_state" is, of the bidirectional one, both directions' states at each word side by side, (T, 2H);
    of the attentive one what it finds when it looks back from each word, (T, H). `parity` is the recorded states' from
    torch's LSTM, and with attention also of what is found from what the network itself finds in the sentence cut there.

    Raises:
        KiokuError: no words; and what `load` raises.

    Example:
        >>> run(ResponderSpec(kind="attentive", hidden=16), ["今日", "は", "天気", "が", "良い", "ね"]).reply.text
        'そうだね!'
    """
    cut, lengths = prefixes(tokens)
    path = weights.path_of(spec.name)
    model = _memoized(spec, path, weights.written_at(path) if spec.weights == "trained" else 0)
    with torch.inference_mode():
        embedding = model.embedding(cut[-1])  # (T, E)
        layers, attention = _recorded(spec, model, embedding)
        distribution = torch.softmax(model(cut, lengths), dim=-1)  # (T, V)
    return ModelTrace(
        spec=spec,
        tokens=zoo.seen(tokens),
        embedding=embedding.numpy(),
        layers=layers,
        distribution=distribution.numpy(),
        outputs=smalltalk.outputs(),
        ends=zoo.ends(),
        parameters=model.reading(),
        attention=attention,
    )


def _recorded(
    spec: ResponderSpec, model: ReplyModel, embedding: Float[Tensor, "T E"]
) -> tuple[Trace, tuple[NamedArrays, ...]]:
    """The states of the network, and who looks at whom where anyone does."""
    found = record(model.recurrent, embedding)
    states, parity = found.output, found.parity  # (T, N)
    attention: tuple[NamedArrays, ...] = ()
    if spec.kind == "attentive":
        by_torch = model.recurrent(embedding[None])[0]  # (1, T, H)
        shares, contexts = model.causal(torch.from_numpy(states.copy()))
        lengths = torch.arange(1, len(embedding) + 1)
        own = model.ended(by_torch.expand(len(lengths), -1, -1), lengths)  # (T, H)
        parity = max(parity, float(((contexts - own).abs() / own.abs().clamp(min=1)).max()))
        states = contexts.numpy()
        attention = (NamedArrays({"attention": shares[:, None].numpy(), "context": contexts[:, None].numpy()}),)
    layer = LayerTrace(spec.cell, {"hidden_state": states})
    return Trace(spec.cell, ((layer,),), np.array(states), parity), attention


@lru_cache(maxsize=KEPT)
def _memoized(spec: ResponderSpec, _path: Path, _written: int) -> ReplyModel:
    """The network, for reading only, from one run to the next, until its file is written anew."""
    return load(spec)
