from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise

from rnn_core.tasks.smalltalk import ARTICLE, examples, outputs, replies, right_reply, split, vocabulary
from rnn_core.tasks.smalltalk.words import VERBS
from rnn_core.text.tokenizer import segment
from tests.rnn_core.tasks.threes import with_every_three


def test_the_grammar_is_large_and_its_vocabulary_small() -> None:
    assert 150 <= len(vocabulary()) - 1 <= 230
    assert len(examples()) >= 10_000
    assert 25 <= len(replies()) <= 70
    assert {3, 14} <= {len(example.words) for example in examples()} <= set(range(3, 16))


def test_no_sentence_is_made_twice() -> None:
    assert Counter(example.words for example in examples()).most_common(1)[0][1] == 1


def test_sentences_are_cut_into_their_words_by_the_segmenter() -> None:
    some = with_every_three(example.words for example in examples())
    assert [words for words in some if segment("".join(words)).tokens != words] == []


def test_the_sentences_of_the_article_are_learned() -> None:
    learned = {example.words: example.reply for example in split().train}
    assert [learned[words] for words in ARTICLE] == ["そうだね!", "水を飲んでね!", "危ないね!", "まさか!"]


def test_the_two_parts_make_the_whole_and_an_eighth_or_so_is_kept_back() -> None:
    train, test = split()
    assert {e.words for e in train} | {e.words for e in test} == {e.words for e in examples()}
    assert len(train) + len(test) == len(examples())
    assert 0.10 <= len(test) / len(examples()) <= 0.15


def test_no_combination_of_the_test_part_is_ever_learned() -> None:
    train, test = split()
    assert not {example.combination for example in test} & {example.combination for example in train}


def test_who_bites_whom_is_kept_back_in_every_form() -> None:
    # A combination is what it says: where (doer, other, verb) is tested, no sentence with the three is learned.
    verbs = {row.plain: {row.plain, row.joined, row.open} for row in VERBS.values()}
    learned = {example.words for example in split().train}
    for pattern, *parts in {example.combination for example in split().test}:
        if pattern == "event":
            doer, other, verb = parts
            assert not [w for w in learned if w[:2] == (doer, "が") and other in w and verbs[verb] & set(w)]


def test_each_part_of_a_kept_back_combination_is_learned_elsewhere() -> None:
    train, test = split()
    parts = {(e.combination[0], place, part) for e in train for place, part in enumerate(e.combination)}
    assert {(e.combination[0], place, part) for e in test for place, part in enumerate(e.combination)} <= parts
    assert {word for e in test for word in e.words} <= {word for e in train for word in e.words}
    assert {e.reply for e in test} <= {e.reply for e in train}


def test_every_pattern_is_tested() -> None:
    assert {e.combination[0] for e in split().test} == {e.combination[0] for e in examples()}


def test_long_sentences_whose_reply_hangs_on_one_of_the_first_two_words() -> None:
    by_rest = defaultdict(set)
    for example in examples():
        if len(example.words) >= 8:
            by_rest[example.words[2:]].add((example.words[:2], example.reply))
    torn = {rest: heads for rest, heads in by_rest.items() if len({reply for _, reply in heads}) > 1}
    assert sum(map(len, torn.values())) > 3000
    assert max(map(len, torn)) + 2 >= 13


def test_the_same_words_in_another_order_are_answered_otherwise() -> None:
    by_bag = defaultdict(set)
    for example in examples():
        by_bag[tuple(sorted(example.words))].add(example.reply)
    assert sum(len(found) > 1 for found in by_bag.values()) > 200


def test_after_a_whole_sentence_hardly_anything_else_can_follow() -> None:
    ordered = sorted(example.words for example in examples())
    whole = set(ordered)
    longer = Counter(words[:end] for words in ordered for end in range(1, len(words)) if words[:end] in whole)
    assert set(longer.values()) == {1}
    assert sum(longer.values()) < len(ordered) / 3


def test_words_and_replies_are_the_outputs_and_never_the_same() -> None:
    assert outputs() == (*vocabulary().words[1:], *replies())
    assert len(set(outputs())) == len(outputs())


def test_every_translation_is_one_clean_sentence() -> None:
    for example in examples():
        english = example.english
        assert english[0].isupper()
        assert english[-1] in ".?"
        assert "  " not in english
        assert english.isascii()
        assert not [word for word, following in pairwise(english.split()) if word == following]


def test_all_three_sentiments_are_there() -> None:
    shares = Counter(example.sentiment for example in examples())
    assert all(count > len(examples()) * 0.1 for count in shares.values())
    assert set(shares) == {"positive", "neutral", "negative"}


def test_a_sentence_has_one_right_reply_and_any_other_has_none() -> None:
    assert all(right_reply(example.words) == example.reply for example in examples())
    assert right_reply(examples()[0].words[:-1]) is None
    assert right_reply(()) is None
