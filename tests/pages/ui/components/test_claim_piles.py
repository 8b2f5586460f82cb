"""What the drawing of the claims is made from: the rows' verdicts and numbers, every word from the catalogues."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from pages._chapters.claims import piles, table
from pages._ui.components.claim_piles import drawing
from rnn_core.claims import data
from rnn_core.claims.rows import CLAIMS, VERDICTS
from rnn_core.messages import LANGUAGES, text

if TYPE_CHECKING:
    from collections.abc import Mapping


def made(lang: str) -> Mapping[str, list]:
    found = drawing(lang, piles.judged(lang), tuple(table.ranges().items()))
    return json.loads(json.dumps(found, allow_nan=False))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_claim_stands_on_the_pile_of_its_verdict_with_the_numbers_of_the_table(lang: str) -> None:
    drawn, numbers = made(lang), data.measured()["claims"]
    for claim, one in zip(CLAIMS, drawn["claims"], strict=True):
        assert VERDICTS[one["pile"]] == claim.verdict
        assert one["said"] == text(f"claims.said.{claim.name}", lang)
        assert one["measured"] == table.measured(claim, numbers[claim.name], lang)
        assert len(one["bars"]) == len(claim.bars)
        quoted = re.sub(r"\s", "", one["measured"])
        counted = {
            key for key in claim.of if claim.units[key] == "whole"
        }  # the sentence has the count, the bar a share
        for key, bar in zip(claim.bars, one["bars"], strict=True):
            assert key in counted or re.sub(r"\s", "", bar["value"]) in quoted


def test_language_changes_words_only() -> None:
    here, there = (made(lang)["claims"] for lang in LANGUAGES)
    assert [[bar["length"] for bar in one["bars"]] for one in here] == [
        [bar["length"] for bar in one["bars"]] for one in there
    ]
    assert [option["value"] for option in made("ja")["options"]] == list(table.ranges())
