"""Numbers arrive exactly, words from the catalogues."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis.extra.numpy import arrays

from pages._ui.components import packing
from rnn_core.messages import LANGUAGES, catalogue, text
from rnn_core.models.model_trace import Guess
from rnn_core.quantities import CELLS, QUANTITIES
from rnn_core.recurrent.circuit import WIRES
from rnn_core.text.tokenizer import Token
from tests.pages.ui.components.conftest import WORDS, make

if TYPE_CHECKING:
    from tests.pages.ui.components.conftest import Case


def unpacked(text: str) -> np.ndarray:
    return np.frombuffer(base64.b64decode(text), "<f4")


@given(arrays(np.float32, (5, 3)))
def test_packing_is_exact(values: np.ndarray) -> None:
    assert unpacked(packing.packed(values)).tobytes() == values.tobytes()


def test_packing_goes_through_time_first_whatever_the_memory_order() -> None:
    values = np.arange(6, dtype=np.float32).reshape(2, 3)
    assert list(unpacked(packing.packed(np.asfortranarray(values)))) == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_players_words_are_in_every_drawing_with_their_places(lang: str) -> None:
    labels = packing.labels(lang, {"title": "unrolled.title"})
    assert set(labels) == {*packing.PLAYER, "title"}
    assert "{step}" in labels["step"]
    assert "{total}" in labels["step"]
    assert labels["title"] == catalogue(lang)["unrolled.title"]


def test_only_readers_of_english_get_a_gloss() -> None:
    token, guess = Token("雨", True, "rain"), Guess("雨", 0.5, False, "rain")
    assert packing.words("en", [token]) == [{"text": "雨", "known": True, "gloss": "rain"}]
    assert packing.words("ja", [token])[0]["gloss"] == ""
    assert packing.guesses("en", [guess]) == [{"text": "雨", "p": 0.5, "ends": False, "gloss": "rain"}]
    assert packing.guesses("ja", [guess])[0]["gloss"] == ""


def test_another_sentence_or_model_is_another_place(cases: dict[str, Case]) -> None:
    same = make("lstm")
    others = [make("lstm", WORDS[:-1]), make("lstm", hidden=4), cases["gru"]]
    ids = {packing.identity(case.trace) for case in (cases["lstm"], *others)}
    assert packing.identity(same.trace) == packing.identity(cases["lstm"].trace)
    assert len(ids) == 4


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("row", "cell"), [(row, cell) for row in (*QUANTITIES, *WIRES) for cell in CELLS if cell in row.forms], ids=str
)
def test_every_row_of_both_tables_has_a_name_and_a_symbol(row, cell: str, lang: str) -> None:
    made = packing.row(lang, row, cell, (-1.0, 1.0), np.array([0.5, -1.0]))
    assert made["symbol"] == row.forms[cell].symbol
    assert made["name"] in catalogue(lang).values()
    assert (made["scale"], made["low"], made["high"], made["beyond"]) == (row.scale, -1.0, 1.0, False)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_ends_of_a_gate_are_called_by_what_they_do_and_of_nothing_else(lang: str) -> None:
    said = {}
    for row in (*QUANTITIES, *WIRES):
        cell = next(iter(row.forms))
        said[row.key] = packing.row(lang, row, cell, (0.0, 1.0), np.array([0.5]))["ends"]
    gates = {key: ends for key, ends in said.items() if ends}
    assert set(gates) == {row.key for row in QUANTITIES if row.gate}
    assert gates["update_gate"] == [text(f"quantities.update_gate.{end}", lang) for end in ("low", "high")]


def test_a_value_beyond_its_scale_is_said() -> None:
    row = QUANTITIES["cell_state"]
    assert packing.row("en", row, "lstm", (-1.0, 1.0), np.array([1.5]))["beyond"] is True
    assert packing.row("en", row, "lstm", (-1.0, 1.0), np.array([-1.5]))["beyond"] is True
