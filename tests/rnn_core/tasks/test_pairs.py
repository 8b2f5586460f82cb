"""The laws that every task of the encoder-decoders keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rnn_core.tasks.translations import TRANSLATIONS
from rnn_core.text.symbols import SPECIALS

if TYPE_CHECKING:
    from rnn_core.tasks.pairs import PairTask

each_task = pytest.mark.parametrize("task", TRANSLATIONS.values(), ids=lambda task: task.name)


@each_task
def test_it_is_in_the_table_under_its_name(task: PairTask) -> None:
    assert TRANSLATIONS[task.name] is task


@each_task
def test_no_combination_that_is_kept_back_is_learned(task: PairTask) -> None:
    train, test = task.parts()
    assert not {pair.combination for pair in train} & {pair.combination for pair in test}
    assert not {pair.source for pair in train} & {pair.source for pair in test}


@each_task
def test_everything_can_be_written_and_is_made_of_something(task: PairTask) -> None:
    symbols, known = task.target(), task.source()
    for part in task.parts():
        for pair in part:
            assert pair.source
            assert pair.targets
            assert all(target and all(token in symbols for token in target) for target in pair.targets)
    assert symbols.words[: len(SPECIALS)] == known.words[: len(SPECIALS)] == SPECIALS
    assert len(set(symbols.words)) == len(symbols)
    assert len(set(known.words)) == len(known)


@each_task
def test_what_is_kept_back_is_cut_as_a_reader_would_type_it(task: PairTask) -> None:
    for pair in task.parts().test[::40]:
        assert task.tokens("".join(pair.source)) == pair.source


@each_task
def test_every_source_has_a_length(task: PairTask) -> None:
    for pair in task.parts().test[::40]:
        assert all(size(pair.source) >= 1 for size in task.sizes.values())
