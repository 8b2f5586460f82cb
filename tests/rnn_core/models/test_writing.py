from __future__ import annotations

import numpy as np
import pytest
import torch

from rnn_core import runtime
from rnn_core.errors import KiokuError
from rnn_core.models import registry, writing
from rnn_core.models.writing import beginning, draw, inverse, most_written, search
from rnn_core.quantities import CELLS
from rnn_core.specs import ModelSpec
from rnn_core.statistics.truncation import Truncation
from rnn_core.tasks.written import CORPORA, START, kaomoji

NAMES = ModelSpec(task="given_names", cell="gru", hidden=16)
FACES = ModelSpec(task="kaomoji", cell="lstm", hidden=16)


@pytest.mark.parametrize("cell", CELLS)
def test_it_writes_what_a_loop_over_torch_in_float64_writes(cell: str) -> None:
    spec, truncation = ModelSpec(task="given_names", cell=cell, hidden=16), Truncation(temperature=0.8, top_k=20)
    model = registry.family_of(spec).load(spec).double()
    own, generator = CORPORA["given_names"].tokenizer, runtime.generator(7)
    tokens, state, chosen = [START, "は"], None, []
    words = torch.tensor([own.encode(tokens)])
    while len(chosen) < most_written(spec.task) and not (chosen and own.ends[chosen[-1]]):
        with torch.inference_mode():
            output, state = model.recurrent(model.embedding(words), state)
            row = truncation.apply(torch.softmax(model.readout(output[0, -1]), dim=-1).numpy())
        chosen.append(int(inverse(row[None], torch.rand(1, dtype=torch.float64, generator=generator).numpy())[0]))
        words = torch.tensor([own.encode([own.outputs[chosen[-1]]])])
    assert draw(spec, tokens, truncation, 7).chosen == tuple(chosen)


def test_what_each_token_was_drawn_from_is_the_distribution_changed() -> None:
    truncation = Truncation(temperature=1.5, top_k=5)
    found = draw(NAMES, (START, "は"), truncation, 1)
    assert found.given == 2
    assert found.before.shape == found.after.shape == (len(found.chosen), len(found.trace.outputs))
    np.testing.assert_allclose(found.after, truncation.apply(found.before), atol=1e-6)
    assert all(row[one] > 0 for row, one in zip(found.after, found.chosen, strict=True))
    assert len(found.trace) == found.given + len(found.chosen) - found.ended
    same, other = (draw(NAMES, (START, "は"), truncation, seed) for seed in (1, 2))
    assert same.chosen == found.chosen
    assert isinstance(other.chosen, tuple)


def test_a_beam_that_holds_all_finds_the_most_probable_text() -> None:
    narrow, wide = (search(NAMES, (START, "は"), width) for width in (1, 5))
    assert wide.beam[0].surprise <= narrow.beam[0].surprise + 1e-9
    assert wide.beam[0].chosen == wide.chosen
    assert narrow.chosen == draw(NAMES, (START, "は"), Truncation(temperature=0), 0).chosen
    np.testing.assert_allclose(narrow.surprise.sum(), narrow.beam[0].surprise, atol=1e-5)


@pytest.mark.parametrize(
    ("task", "text", "tokens"),
    [
        ("given_names", "", (START,)),
        ("given_names", " \u200b", (START,)),
        ("given_names", "ハ ナ", (START, "は", "な")),
        ("kaomoji", "（ ＾", (START, "(", "^")),
        ("smalltalk", "今日は", ("今日", "は")),
    ],
)
def test_a_beginning_is_read_as_the_task_has_it(task: str, text: str, tokens: tuple[str, ...]) -> None:
    assert beginning(task, text) == (tokens, False)


def test_a_long_beginning_is_cut_and_words_need_one() -> None:
    tokens, cut = beginning("kaomoji", "(" * 10_000)
    assert (len(tokens), cut) == (1 + writing.MOST_GIVEN, True)
    with pytest.raises(KiokuError):
        beginning("smalltalk", "")


@pytest.mark.parametrize("begins", ["(", "hello", "凸", ""])
def test_only_what_may_be_shown_is_added(begins: str) -> None:
    tokens, _ = beginning("kaomoji", begins)
    for seed in range(5):
        found = draw(FACES, tokens, Truncation(temperature=3.0), seed)
        added = found.continued(found.chosen)
        assert set(added) <= kaomoji.ALLOWED
        assert begins != "(" or kaomoji.is_shown(begins + added)
