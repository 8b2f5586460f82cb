from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import pytest

from rnn_core.errors import KiokuError
from rnn_core.tasks import smalltalk
from rnn_core.tasks.phrases import parts, source, target, tokens
from rnn_core.tasks.phrases.corpus import TASK
from rnn_core.tasks.phrases.orders import reorder
from rnn_core.text.tokenizer import segment

if TYPE_CHECKING:
    from rnn_core.tasks.pairs import Pair, Tokens

ALL = parts().train + parts().test


def test_every_sentence_of_the_small_talk_is_there_and_none_twice() -> None:
    assert {example.words for example in smalltalk.examples()} <= {pair.source for pair in ALL}
    assert max(Counter(pair.source for pair in ALL).values()) == 1
    assert len(ALL) > 2 * len(smalltalk.examples())


def with_every_three() -> list[Tokens]:
    """Sentences in which all three words stand beside each other that do so in any."""
    met: set[Tokens] = set()
    found = []
    for pair in ALL:
        threes = {pair.source[at : at + 3] for at in range(len(pair.source))}
        if not threes <= met:
            found.append(pair.source)
            met |= threes
    return found


def test_sentences_are_cut_into_their_words_by_the_segmenter() -> None:
    assert [source for source in with_every_three() if segment("".join(source)).tokens != source] == []


def test_what_is_kept_back_is_learned_in_no_other_order_either() -> None:
    def said(pairs: tuple[Pair, ...]) -> set[tuple[Tokens, Tokens]]:
        return {(tuple(sorted(pair.source)), pair.targets[0]) for pair in pairs}

    assert said(parts().train).isdisjoint(said(parts().test))
    assert 0.1 < len(parts().test) / len(ALL) < 0.15


def test_a_sentence_is_on_one_side_in_all_its_orders() -> None:
    learned = {pair.source for pair in parts().train}
    for example in smalltalk.examples():
        assert len({words in learned for words, _ in reorder(example)}) == 1


def test_every_word_of_what_is_kept_back_is_learned_elsewhere() -> None:
    for words in (lambda pair: pair.source, lambda pair: pair.targets[0]):
        learned = {word for pair in parts().train for word in words(pair)}
        assert {word for pair in parts().test for word in words(pair)} <= learned


def test_where_a_word_stands_does_not_tell_what_it_becomes() -> None:
    # In sentences of one length 昨日 stands in several places, and so does its English.
    places = defaultdict(set)
    for pair in parts().train:
        if "昨日" in pair.source and "yesterday" in pair.targets[0]:
            places[len(pair.source)].add((pair.source.index("昨日"), pair.targets[0].index("yesterday")))
    for length in range(6, 13):
        assert len({source for source, _ in places[length]}) >= 2, length
        assert len({english for _, english in places[length]}) >= 3, length


def test_the_same_words_in_another_order_say_something_else() -> None:
    by_bag = defaultdict(set)
    for pair in ALL:
        by_bag[tuple(sorted(pair.source))].add(pair.targets[0])
    assert sum(len(found) > 1 for found in by_bag.values()) > 4000


def test_the_vocabularies_are_small() -> None:
    assert len(source()) - 4 == len(smalltalk.vocabulary()) - 1
    assert 150 < len(target()) < 250


def test_english_is_clean() -> None:
    for pair in ALL:
        (english,) = pair.targets
        assert english[-1] in (".", "?")
        assert "good" not in english
        assert TASK.text(english).isascii()


@pytest.mark.parametrize("typed", ["今日は暑い。", "今日は暑い", " 今日は\n暑い!", "今日は暑い。。"])
def test_what_closes_a_sentence_is_not_read(typed: str) -> None:
    assert tokens(typed) == ("今日", "は", "暑い")


def test_a_mark_alone_is_read_and_nothing_is_refused() -> None:
    assert tokens("。") == ("。",)
    with pytest.raises(KiokuError) as error:
        tokens("  ")
    assert error.value.code == "empty_text"
