"""The network of the package e2k, in torch: an English word, letter by letter, becomes katakana.

Nobody here trained it. It reads with a bidirectional GRU; one GRU follows what is written and looks back with four
heads, and a second one writes from what both saw. The package computes with numpy; here it is the same in torch.
Source: e2k 0.8.1, https://github.com/Patchethium/e2k, its model "turbo".
"""

from __future__ import annotations

import math
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import torch
from jaxtyping import Float, Int
from safetensors import SafetensorError, safe_open
from torch import Tensor, nn
from torch.nn.functional import linear

from rnn_core.errors import KiokuError
from rnn_core.models.attention import EncoderOutput, StepOverride, attend
from rnn_core.models.initial_values import InitialValues
from rnn_core.models.weights import checked
from rnn_core.specs import KATAKANA_HIDDEN
from rnn_core.translation.encoder_decoder import EncoderDecoder, Step, gru_step, run_padded

PACKAGE, FILE = "e2k", "models/model-c2k-turbo.safetensors"
HEADS = 4
LIMIT = 16  # tokens that the package writes at most
LONGEST = 40  # letters of a word that is typed; to explain a word costs their square


class Tables(NamedTuple):
    """The tokens on both sides, by their numbers, and the two that begin and end on either side."""

    source: tuple[str, ...]
    target: tuple[str, ...]
    begin: int
    end: int


class Katakana(EncoderDecoder):
    """Letters → bidirectional GRU → Linear, tanh → GRU, four heads of attention, GRU → one score a kana.

    Its parameters have the names of the package's file.

    Args:
        source_words: how many letters there are, with the three that are none.
        target_words: how many kana, likewise.
        hidden: the width of everything.
    """

    decoders = ("pre_decoder", "post_decoder")

    def __init__(self, source_words: int, target_words: int, hidden: int = KATAKANA_HIDDEN) -> None:
        super().__init__()
        self.e_emb = nn.Embedding(source_words, hidden)
        self.k_emb = nn.Embedding(target_words, hidden)
        self.encoder = nn.GRU(hidden, hidden, batch_first=True, bidirectional=True)
        self.encoder_fc = nn.Sequential(nn.Linear(2 * hidden, hidden), nn.Tanh())
        self.pre_decoder = nn.GRU(hidden, hidden, batch_first=True)
        self.post_decoder = nn.GRU(2 * hidden, hidden, batch_first=True)
        self.attn = nn.MultiheadAttention(hidden, HEADS, batch_first=True)
        self.fc = nn.Linear(hidden, target_words)

    def embed(self, source: Int[Tensor, "B S"]) -> Float[Tensor, "B S E"]:
        """What the encoder receives."""
        vectors: Tensor = self.e_emb(source)
        return vectors

    def outside(self) -> tuple[nn.Module, ...]:
        """The embeddings and the readout."""
        return self.e_emb, self.k_emb, self.fc

    def read(self, embedded: Float[Tensor, "B S E"], lengths: Int[Tensor, " B"]) -> EncoderOutput:
        """Read words of these lengths, filled up at their ends."""
        # e_s = tanh(W [→h_s; ←h_s] + b)
        states = self.encoder_fc(run_padded(self.encoder, embedded, lengths))  # (B, S, H)
        # k_s = W_k e_s + b_k, v_s = W_v e_s + b_v, each cut into heads
        keys, values = (self._heads(states, block) for block in (1, 2))  # each (B, K, S, H / K)
        absent = torch.arange(states.shape[1]) >= lengths[:, None]  # (B, S)
        nothing = states.new_zeros(len(states), states.shape[-1])
        return EncoderOutput(states, keys, values, absent, (nothing, nothing))

    def step(
        self,
        previous: Int[Tensor, " B"],
        state: tuple[Tensor, ...],
        memory: EncoderOutput,
        override: StepOverride | None = None,
    ) -> Step:
        """Write one more kana, given the one before it and the states of both layers."""
        assert memory.keys is not None
        written = self.k_emb(previous)  # (B, H)
        # o_t = GRU(y_{t−1}, o_{t−1})
        first = gru_step(self.pre_decoder, written, state[0])  # (B, H)
        # score_ts = q_t · k_s, head by head
        seen = attend(self.queries(state[0][:, None], first[:, None]) @ memory.keys.mT, memory, override)
        # a_t = W_o [c_t of every head] + b_o
        drawn = self.attn.out_proj(seen.context[:, :, 0].flatten(1))  # (B, H)
        # z_t = GRU([o_t; a_t], z_{t−1})
        received = torch.cat([first, drawn], dim=-1)  # (B, 2H)
        second = gru_step(self.post_decoder, received, state[1])  # (B, H)
        return Step(self.fc(second), (first, second), (written, received), seen)

    def queries(
        self,
        before: Float[Tensor, "B T H"],  # noqa: ARG002  # only the new state asks
        after: Float[Tensor, "B T H"],
    ) -> Float[Tensor, "B K T D"]:
        """q_t = (W_q o_t + b_q) / √(H / K), head by head, rounded in torch's own order."""
        query = self._heads(after, 0)  # (B, K, T, H / K)
        return query * math.sqrt(1.0 / query.shape[-1])

    def _heads(self, states: Float[Tensor, "B S H"], block: int) -> Float[Tensor, "B K S D"]:
        """One of the three projections (0 query, 1 key, 2 value), cut into heads."""
        weight = self.attn.in_proj_weight.chunk(3)[block]
        projected = linear(states, weight, self.attn.in_proj_bias.chunk(3)[block])  # (B, S, H)
        return torch.stack(projected.chunk(HEADS, dim=-1), dim=1)  # (B, K, S, D)


def load() -> Katakana:
    """The network with the package's weights; each call makes a new one.

    Raises:
        KiokuError: the package is missing or its file is not as it should be.
    """
    known = tables()
    # What is drawn is overwritten. On torch's "meta" device nothing would be drawn, but that is seconds of imports.
    with InitialValues(seed=0):
        model = Katakana(len(known.source), len(known.target))
    want = {name: weight.half() for name, weight in model.state_dict().items()}
    model.load_state_dict(checked(PACKAGE, _file()[0], want))
    return model


@cache
def tables() -> Tables:
    """Which letters it reads and which kana it writes.

    Raises:
        KiokuError: the package is missing.

    Example:
        >>> tables().source[3:6], tables().target[-2:]
        (('a', 'b', 'c'), ('ヴ', 'ー'))
    """
    _, meta = _file()
    source, target = (tuple(meta[name].split("\0")) for name in ("in_table", "out_table"))
    return Tables(source, target, int(meta["sos_idx"]), int(meta["eos_idx"]))


def letters(text: str) -> tuple[str, ...]:
    """A word as the network reads it: in small letters, without the spaces around it.

    Raises:
        KiokuError: nothing to read, a character that it has no place for, or more than `LONGEST` letters.

    Example:
        >>> letters("Tea")
        ('t', 'e', 'a')
    """
    found = tuple(text.strip().lower())
    if not found:
        raise KiokuError("not_words", given=repr(text))
    known = tables().source[3:]
    if foreign := [letter for letter in dict.fromkeys(found) if letter not in known]:
        raise KiokuError("katakana_letters", given=", ".join(foreign[:10]))
    if len(found) > LONGEST:
        raise KiokuError("too_long", given=len(found), most=LONGEST)
    return found


def _file() -> tuple[dict[str, Tensor], dict[str, str]]:
    """The tensors and the metadata of the package's file; the package itself is not imported."""
    found = find_spec(PACKAGE)
    path = Path(found.origin).parent / FILE if found and found.origin else Path(FILE)
    try:
        with safe_open(path, framework="pt") as file:
            meta = file.metadata()
            return {name: file.get_tensor(name) for name in file.keys()}, meta  # noqa: SIM118  # not a dict
    except (OSError, SafetensorError):
        raise KiokuError("package_missing", what=FILE, package=PACKAGE) from None
