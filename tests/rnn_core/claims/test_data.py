from __future__ import annotations

import json
import re
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import pytest
from safetensors.torch import load_file

from rnn_core.claims import data
from rnn_core.errors import KiokuError
from rnn_core.messages import LANGUAGES, template


def test_every_fact_has_a_source_and_a_date() -> None:
    for fact in data.today():
        assert fact["source"]
        assert fact["reference"]
        assert re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", fact["date"])


def test_what_the_field_has_brought_back_is_named_and_what_is_measured_here_is_so() -> None:
    facts = {fact["name"]: fact for fact in data.today()}
    numbers = {name: fact["numbers"] for name, fact in facts.items()}
    assert (numbers["qwen"]["recurrent"], numbers["qwen"]["layers"]) == ("45", "60")
    assert [(numbers[name]["recurrent"], numbers[name]["attention"]) for name in ("kimi", "granite")] == [
        ("3", "1"),
        ("9", "1"),
    ]
    assert {"floods", "tirex"} <= facts.keys()
    weights = load_file(Path(find_spec("silero_vad").origin).parent / "data" / facts["silero"]["reference"])
    assert numbers["silero"]["parameters"] == f"{sum(one.numel() for one in weights.values()):,}"
    assert version("silero-vad") in facts["silero"]["source"]
    assert {name for name, fact in facts.items() if fact["status"] == "measured"} == {"silero"}


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
