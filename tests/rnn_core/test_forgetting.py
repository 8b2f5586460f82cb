from __future__ import annotations

import pytest

import rnn_core as rc
from rnn_core import forgetting
from rnn_core.messages import LANGUAGES, text
from rnn_core.quantities import CELLS, Cell
from rnn_core.tasks import smalltalk
from rnn_core.text.tokenizer import segment


def reply(cell: Cell, *clamps: rc.Clamp) -> tuple[str, float]:
    """The reply, and how likely the one is that comes when nothing is held."""
    free = rc.run(forgetting.network(cell), forgetting.WORDS)
    trace = rc.run(forgetting.network(cell), forgetting.WORDS, clamps)
    return trace.reply.text, float(trace.distribution[-1, free.outputs.index(free.reply.text)])


def test_the_words_are_what_the_sentence_is_read_as() -> None:
    assert segment("".join(forgetting.WORDS)).tokens == forgetting.WORDS


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("size", [8, 16, 32, 64])
def test_the_sizes_are_those_whose_reply_is_another_one(cell: Cell, size: int) -> None:
    spec = rc.ModelSpec(cell=cell, hidden=size)
    free, held = (rc.run(spec, forgetting.WORDS, clamps).reply.text for clamps in ((), (forgetting.shut(cell),)))
    assert (free != held) == (size in forgetting.sizes(cell))


@pytest.mark.parametrize("cell", CELLS)
def test_the_button_names_the_word_and_the_quantity(cell: Cell) -> None:
    quantity, step = forgetting.CARRIES[cell]
    for lang in LANGUAGES:
        said = text(f"cell.contrast.{cell}", lang)
        assert forgetting.WORDS[step] in said
        assert text(f"quantities.{quantity}.name", lang) in said


def swapped(cell: Cell) -> float:
    """How much of the reply's probability moves at most with another third word, while what carries the state is 0."""
    clamp = forgetting.shut(cell)
    others = ([*forgetting.WORDS[:2], other, *forgetting.WORDS[3:]] for other in ("寒く", "涼しく", "暑く"))
    held = rc.run(forgetting.network(cell), forgetting.WORDS, (clamp,)).distribution[-1]
    return max(
        0.5 * float(abs(rc.run(forgetting.network(cell), other, (clamp,)).distribution[-1] - held).sum())
        for other in others
    )


def test_only_the_rnn_whose_state_is_0_has_erased_the_word_before() -> None:
    """With the keeping gate at 0, the h before still enters every gate and the candidate."""
    assert swapped("rnn") == 0
    assert swapped("lstm") > 0.1
    assert swapped("gru") > 0.1


@pytest.mark.parametrize("cell", CELLS)
def test_the_reply_is_the_grammar_s_own_until_the_memory_is_lost(cell: Cell) -> None:
    (meant,) = [example.reply for example in smalltalk.examples() if example.words == forgetting.WORDS]
    kept, likely = reply(cell)
    lost, left = reply(cell, forgetting.shut(cell))
    assert kept == meant != lost
    assert likely > 0.5
    assert left < 0.2
