"""Networks that answer once the sentence has ended: an LSTM in both directions, and one that looks back at its states.

Both are asked for one distribution after the last word. So whatever is said of the words before is said of the sentence
cut there: `distribution[t]` of a trace is the answer to the first t + 1 words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import torch
from jaxtyping import Float, Int
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from rnn_core.errors import KiokuError
from rnn_core.models.attention import AdditiveAttention
from rnn_core.models.language_model import EMBEDDING
from rnn_core.models.recorded import Recorded
from rnn_core.recurrent.clamps import Clamp
from rnn_core.recurrent.recording import record
from rnn_core.recurrent.trace import LayerTrace, NamedArrays, Trace
from rnn_core.specs import ResponderSpec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rnn_core.text.tokenizer import Tokenizer


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
        self.kind = spec.kind
        both = spec.kind == "bidirectional"
        self.embedding = nn.Embedding(words, EMBEDDING)
        self.recurrent = nn.LSTM(EMBEDDING, spec.hidden, batch_first=True, bidirectional=both)
        self.attention = None if both else AdditiveAttention(spec.hidden, spec.hidden)
        self.readout = nn.Linear(spec.units, outputs)

    def forward(self, words: Int[Tensor, "B T"], lengths: Int[Tensor, " B"]) -> Float[Tensor, "B V"]:
        """The score of each output after each sentence, before softmax; sentences are filled up with anything."""
        return self.scores(self.ended(self._states(words, lengths), lengths))  # (B, V)

    def scores(self, ended: Float[Tensor, "B N"]) -> Float[Tensor, "B V"]:
        """The score of each output from what is known at the end."""
        scores: Tensor = self.readout(ended)
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


def build_responder(spec: ResponderSpec, tokenizer: Tokenizer) -> ReplyModel:
    """The network of a spec, with torch's first values."""
    return ReplyModel(spec, len(tokenizer.vocabulary), len(tokenizer.outputs))


def prefixes(words: Int[Tensor, " T"]) -> tuple[Int[Tensor, "T T"], Int[Tensor, " T"]]:
    """The sentence cut after each of its T words, and how long each is."""
    return words.expand(len(words), -1).tril(), torch.arange(1, len(words) + 1)


def read_reply(model: ReplyModel, words: Int[Tensor, " T"]) -> Float[Tensor, "1 V"]:
    """The score of each output after the whole sentence."""
    scores: Tensor = model(words[None], torch.tensor([len(words)]))
    return scores


def record_reply(model: ReplyModel, words: Int[Tensor, " T"], clamps: Sequence[Clamp] = ()) -> Recorded:
    """Read one sentence and keep the states and the answers.

    "hidden_state" is, of the bidirectional network, both directions' states at each word side by side, (T, 2H); of the
    attentive one what it finds when it looks back from each word, (T, H). `parity` is the recorded states' from torch's
    LSTM, and with attention also of what is found from what the network itself finds in the sentence cut there.

    Raises:
        KiokuError: anything is to be clamped: its states are composed of several.
    """
    if clamps:
        raise KiokuError("clamp_no_cell", quantity=clamps[0].quantity)
    with torch.inference_mode():
        embedding = model.embedding(words)  # (T, E)
        layers, attention = _recorded(model, embedding)
        distribution = torch.softmax(model(*prefixes(words)), dim=-1)  # (T, V)
    return Recorded(embedding.numpy(), layers, distribution.numpy(), attention)


def _recorded(model: ReplyModel, embedding: Float[Tensor, "T E"]) -> tuple[Trace, tuple[NamedArrays, ...]]:
    """The states of the network, and who looks at whom where anyone does."""
    found = record(model.recurrent, embedding)
    states, parity = found.output, found.parity  # (T, N)
    attention: tuple[NamedArrays, ...] = ()
    if model.kind == "attentive":
        by_torch = model.recurrent(embedding[None])[0]  # (1, T, H)
        shares, contexts = model.causal(torch.from_numpy(states.copy()))
        lengths = torch.arange(1, len(embedding) + 1)
        own = model.ended(by_torch.expand(len(lengths), -1, -1), lengths)  # (T, H)
        parity = max(parity, float(((contexts - own).abs() / own.abs().clamp(min=1)).max()))
        states = contexts.numpy()
        attention = (NamedArrays({"attention": shares[:, None].numpy(), "context": contexts[:, None].numpy()}),)
    layer = LayerTrace(model.kind, {"hidden_state": states})
    return Trace(model.kind, ((layer,),), np.array(states), parity), attention
