from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from rnn_core.claims import data
from rnn_core.errors import KiokuError
from rnn_core.messages import LANGUAGES, template

if TYPE_CHECKING:
    from pathlib import Path


def test_every_fact_has_a_source_and_a_date() -> None:
    for fact in data.today():
        assert fact["source"]
        assert fact["reference"]
        assert re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", fact["date"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_number_stands_in_the_sentence_that_is_not_in_the_data(lang: str) -> None:
    names = r"Qwen3\.5-397B|4\.0-H|Mamba-2|M²RNN"
    for fact in data.today():
        said = template(f"claims.note.{fact['name']}", lang)
        assert set(re.findall(r"\{(\w+)\}", said)) == set(fact["numbers"])
        assert not re.search(r"\d", re.sub(names, "", said)), said


def test_the_words_of_the_state_are_read_for_each_cell() -> None:
    shares, chance = data.read_back(16)
    assert list(shares) == ["lstm", "gru", "rnn"]
    assert shares["gru"][5] == data.measured()["claims"]["context"]["gru_16_6"]
    assert len(chance) == data.READ


@pytest.mark.parametrize("held", [None, "{", json.dumps({"machine": 1})])
def test_a_damaged_file_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, held: str | None) -> None:
    path = tmp_path / "measured.json"
    if held is not None:
        path.write_text(held, encoding="utf-8")
    monkeypatch.setattr(data, "MEASURED", path)
    data.measured.cache_clear()
    with pytest.raises(KiokuError):
        data.measured()
    data.measured.cache_clear()
