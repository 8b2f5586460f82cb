"""Networks of other people, with words of their own, as a source will give them to the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import nn

from rnn_core.errors import KiokuError
from rnn_core.models.initial_values import InitialValues
from rnn_core.models.language_model import NextWord
from rnn_core.models.sources import Source
from rnn_core.specs import ModelSpec
from rnn_core.text.tokenizer import Pieces, Tokenizer
from rnn_core.text.vocabulary import Vocabulary

if TYPE_CHECKING:
    from rnn_core.models.family import Family

SILENT, LETTERS = "file:" + "1" * 64, "file:" + "2" * 64
EMBEDDING = 5
SPECS = {
    # Two layers in both directions over words, and nothing that reads them out.
    SILENT: ModelSpec(task="own", cell="lstm", hidden=6, layers=2, bidirectional=True, weights=SILENT),
    # Characters in, characters out, in two layers.
    LETTERS: ModelSpec(task="own", cell="gru", hidden=7, layers=2, weights=LETTERS),
}
TOKENIZERS = {
    SILENT: Tokenizer(Vocabulary(("晴れ", "雨", "は")), glosses={"雨": "rain"}),
    LETTERS: Tokenizer(Vocabulary(tuple("今日は雨")), (*"今日は雨", "。"), (False,) * 4 + (True,), by="character"),
}


def made(spec: ModelSpec) -> NextWord:
    tokenizer = TOKENIZERS[spec.weights]
    with InitialValues(spec.seed):
        layers = {"lstm": nn.LSTM, "gru": nn.GRU}[spec.cell](
            EMBEDDING, spec.hidden, spec.layers, batch_first=True, bidirectional=spec.bidirectional
        )
        wide = spec.hidden * (1 + spec.bidirectional)
        readout = nn.Linear(wide, len(tokenizer.outputs)) if tokenizer.outputs else None
        return NextWord(nn.Embedding(len(tokenizer.vocabulary), EMBEDDING), layers, readout)


class Others(Source):
    """Has these two, and says so of any other."""

    def describe(self, name: str) -> ModelSpec:
        if name not in SPECS:
            raise KiokuError("source_file", given=name)
        return SPECS[name]

    def load(self, family: Family, spec: ModelSpec) -> nn.Module:  # noqa: ARG002
        return made(self.describe(spec.weights))

    def tokenizer(self, family: Family, spec: ModelSpec) -> Tokenizer:  # noqa: ARG002
        return TOKENIZERS[spec.weights]

    def reads(self, spec: ModelSpec) -> Pieces:
        return TOKENIZERS[spec.weights].by


def states(spec: ModelSpec, tokens: tuple[str, ...]) -> tuple[torch.Tensor, NextWord]:
    """What torch says of the last layer's states, (T, directions · H), and the module."""
    model = made(spec)
    with torch.inference_mode():
        ids = torch.tensor([TOKENIZERS[spec.weights].encode(tokens)])
        return model.recurrent(model.embedding(ids))[0][0], model
