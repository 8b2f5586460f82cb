"""Which state carries a word, against runs that are patched by hand."""

from __future__ import annotations

import numpy as np
import pytest

import rnn_core as rc
from rnn_core.models.carrying import GROUPS, LEAST, find_carrying

CLEAN, OTHER = ("犬", "が", "人", "を", "噛む"), ("今日", "が", "人", "を", "噛む")


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_it_is_what_clamps_by_hand_restore(cell: str) -> None:
    spec = rc.ModelSpec(cell=cell, hidden=16)
    clean, other = rc.run(spec, CLEAN), rc.run(spec, OTHER)
    found = find_carrying(spec, CLEAN, OTHER)
    reply = clean.outputs.index(clean.reply.text)
    assert found.clean == pytest.approx(clean.reply.probability, rel=1e-5)
    assert found.other == pytest.approx(other.probabilities[-1, reply], rel=1e-5)
    if abs(found.clean - found.other) < LEAST:
        assert found.restored is None
        return
    assert found.restored is not None
    assert found.restored.shape == (len(CLEAN), 1 + GROUPS)
    for step, group in ((0, 0), (2, 3), (4, 5)):
        clamps = [
            rc.Clamp.from_trace(clean.layers, key, found.groups[group], step)
            for key in (["hidden_state", "cell_state"] if cell == "lstm" else ["hidden_state"])
        ]
        patched = rc.run(spec, OTHER, clamps).probabilities[-1, reply]
        share = (patched - found.other) / (found.clean - found.other)
        assert found.restored[step, group] == pytest.approx(share, abs=1e-4)
    np.testing.assert_allclose(found.restored[:, 0], 1, atol=1e-4)  # after the word, the state is all there is


def test_before_the_other_word_no_state_differs() -> None:
    spec = rc.ModelSpec(cell="gru", hidden=16)
    found = find_carrying(spec, CLEAN, (*CLEAN[:4], "見る"))
    assert found.restored is not None
    np.testing.assert_allclose(found.restored[:4], 0, atol=1e-5)
    np.testing.assert_allclose(found.restored[4:, 0], 1, atol=1e-4)


def test_one_unit_is_one_group_beside_all() -> None:
    found = find_carrying(rc.ModelSpec(cell="rnn", hidden=1, weights="fresh"), CLEAN, OTHER)
    assert found.groups == ((0,), (0,))


def test_what_cannot_be_patched_says_so() -> None:
    spec = rc.ModelSpec(cell="gru", hidden=16)
    with pytest.raises(rc.KiokuError) as error:
        find_carrying(spec, CLEAN, CLEAN[1:])
    assert error.value.code == "patch_sequences"
    assert find_carrying(spec, CLEAN, CLEAN).restored is None
