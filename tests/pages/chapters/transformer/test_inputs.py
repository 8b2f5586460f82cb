from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pages._chapters.transformer import CHAPTER
from pages._chapters.transformer.inputs import CONTRASTS, opening, spec_of
from pages._ui.address import controls_of
from rnn_core.models import registry
from rnn_core.text.tokenizer import MAX_TOKENS, segment
from rnn_core.training.tasks import TRANSFORMERS

if TYPE_CHECKING:
    from pages._ui.contrasts import Contrast

ROWS = controls_of(CHAPTER)
STATE = {key: row.default for key, row in ROWS.items()}


def test_the_address_opens_with_the_large_one_with_positions() -> None:
    assert spec_of(STATE) == TRANSFORMERS.kept[2]


@pytest.mark.parametrize("hidden", ROWS["hidden"].options)
@pytest.mark.parametrize("positions", ROWS["positions"].options)
def test_every_trained_network_that_can_be_named_is_shipped(hidden: int, positions: str) -> None:
    spec = spec_of({**STATE, "hidden": hidden, "positions": positions})
    assert spec in TRANSFORMERS.kept
    assert (spec.hidden, spec.positions) == (hidden, positions == "added")
    assert {block.heads for block in registry.family_of(spec).load(spec).blocks} == {len(ROWS["head"].options)}


def test_only_fresh_weights_depend_on_the_seed() -> None:
    assert spec_of({**STATE, "seed": 5}).seed == 0
    assert spec_of({**STATE, "seed": 5, "weights": "fresh"}).seed == 5


def test_its_twin_differs_in_the_positions_alone() -> None:
    for positions in (True, False):
        assert spec_of(STATE, positions=positions) == spec_of(STATE).model_copy(update={"positions": positions})


@pytest.mark.parametrize("one", CONTRASTS, ids=lambda one: one.name)
def test_a_contrast_names_what_is_there(one: Contrast) -> None:
    put = one.silent
    assert put["scene"] in ROWS["scene"].options
    assert put.get("head", 1) in ROWS["head"].options
    words = segment(str(put.get("text", ROWS["text"].default))).tokens
    assert 1 <= int(put.get("t", 1) or 1) <= len(words)


def test_the_word_that_is_chosen_first_has_one_before_it_and_one_behind_the_mask() -> None:
    for words in range(3, MAX_TOKENS + 1):
        assert 1 < opening(words) < words
