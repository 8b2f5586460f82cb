from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_core.errors import KiokuError
from rnn_core.models.sentence_spec import (
    MAX_WORDS,
    SentenceGradients,
    SentenceSpec,
    SentenceSteps,
    continued,
    exploding,
)
from rnn_core.specs import ModelSpec

RNN = ModelSpec(cell="rnn", hidden=8)


@given(st.lists(st.text(max_size=2), max_size=9), st.integers(0, 40))
def test_a_sentence_is_continued_with_itself(words: list[str], length: int) -> None:
    found = continued(words, length)
    assert len(found) == (max(length, len(words)) if words else 0)
    assert all(word == words[place % len(words)] for place, word in enumerate(found))


@pytest.mark.parametrize(
    "wrong",
    [
        {"words": ()},
        {"words": ("犬",) * (MAX_WORDS + 1)},
        {"at": -1},
        {"at": MAX_WORDS},
        {"rho": -0.1},
        {"rho": float("inf")},
        {"forget_bias": float("nan")},
        {"unit": -1},
        {"start": "zero"},
        {"nonlinearity": "gelu"},
    ],
)
def test_what_is_no_setting_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(KiokuError) as error:
        SentenceSpec(**{"model": RNN, "words": ("犬",), "at": 0} | wrong)
    assert error.value.code == "bad_spec"


def test_what_was_found_cannot_be_written_to() -> None:
    line, plane = np.ones(1), np.ones((1, 1), dtype=complex)
    spec = SentenceSpec(model=RNN, words=("犬",), at=0, unit=0)
    sizes = SentenceGradients(spec, loss=0.0, by_h=line.copy(), by_c=None, shares=line.copy())
    lines = {name: line.copy() for name in ("stretch", "products", "bounds")}
    found = SentenceSteps(spec, blocks={"a": plane[0]}, widths={"a": 1.0}, steps=plane, **lines)
    for array in (sizes.by_h, sizes.shares, *(getattr(found, name) for name in lines), plane, plane[0]):
        assert not array.flags.writeable
    with pytest.raises(TypeError):
        found.blocks["b"] = plane[0]  # type: ignore[index]
    with pytest.raises(TypeError):
        found.widths["b"] = 2.0  # type: ignore[index]


def test_the_prepared_setting_reads_the_last_word() -> None:
    spec = exploding(("犬",) * 7)
    assert spec.at == 6
    assert spec.rho is not None
    assert spec.rho > 1
