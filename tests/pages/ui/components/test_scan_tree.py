"""What chain and tree are drawn from: the networks' own numbers."""

from __future__ import annotations

import base64
import json

import numpy as np
import pytest

from pages._ui.components.scan_tree import drawing
from rnn_core.messages import LANGUAGES
from rnn_core.models import sentence_rounds
from rnn_core.specs import MinimalSpec, ModelSpec
from rnn_core.tasks.language import find_tokenizer

WORDS = ("今日", "は", "天気", "が", "良い", "ね")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_stage_has_the_networks_own_numbers(lang: str) -> None:
    tokens = find_tokenizer("smalltalk").receive(WORDS)
    scanned = sentence_rounds.read_by_scan(MinimalSpec(cell="mingru", hidden=16), WORDS)
    chain = sentence_rounds.hidden_states(ModelSpec(cell="gru", hidden=16), WORDS)
    data = json.loads(json.dumps(drawing(lang, tokens, chain, scanned, ((6, 6), (4096, None))), allow_nan=False))
    for key, values in (("a", scanned.a), ("b", scanned.b), ("gru", chain)):
        found = np.frombuffer(base64.b64decode(data[key]), "<f4").reshape(values.shape)
        np.testing.assert_array_equal(found, values)
    assert data["gaps"] == [1, 2, 4]
    assert data["units"] == 16
    assert data["reply"] == "そうだね!"
    assert data["lengths"] == [{"total": 6, "tree": 3, "rounds": 6}, {"total": 4096, "tree": 12, "rounds": None}]
    assert [one["gloss"] == "" for one in data["words"]] == [lang == "ja"] * 6
