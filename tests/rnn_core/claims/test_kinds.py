from __future__ import annotations

import torch

from rnn_core.claims.kinds import WIDTH, accuracy, bottleneck, gates, size, speed
from rnn_core.quantities import QUANTITIES
from rnn_core.training.tasks import TRANSLATORS


def test_a_gru_has_three_blocks_of_four() -> None:
    found = size()
    lstm, gru = (sum(one.numel() for one in kind(WIDTH, WIDTH).parameters()) for kind in (torch.nn.LSTM, torch.nn.GRU))
    assert (found["lstm"], found["gru"], found["fewer"]) == (lstm, gru, 0.25)


def test_a_gru_has_two_gates_and_an_lstm_three_as_the_cells_have() -> None:
    counted = {cell: sum(row.key.endswith("_gate") for row in QUANTITIES.of(cell)) for cell in ("lstm", "gru")}
    assert {cell: gates()[cell] for cell in counted} == counted == {"lstm": 3, "gru": 2}


def test_the_intervals_contain_the_shares() -> None:
    found = accuracy()
    assert all(found[f"{cell}_low"] <= found[cell] <= found[f"{cell}_high"] for cell in ("lstm", "gru"))


def test_names_are_those_of_the_manifest() -> None:
    right = TRANSLATORS["names"].manifest()["models"]["names-none-48-seed0"]["right"]["names"]
    assert bottleneck()["none_4"] == right["4"][0] / right["4"][1]


def test_every_time_is_one() -> None:
    found = speed()
    assert min(found.values()) > 0
    assert found["gru_to_lstm"] == found["gru_train"] / found["lstm_train"]
