from __future__ import annotations

from rnn_core.tasks.smalltalk import examples, words


def test_every_word_of_the_tables_is_used() -> None:
    used = {word for example in examples() for word in example.words}
    beings = (*words.SPEAKERS, *words.FAMILY, *words.COMPANIONS, *words.ANIMALS, *words.HUMANS)
    things = (*words.NOUNS.values(), *words.FOODS, *words.DRINKS, *words.PLACES)
    assert {row.word for row in (*beings, *things, *words.TIMES)} <= used
    unused = [
        row.stem for row in words.ADJECTIVES.values() if not {row.form("now")[0], row.form("past")[0], row.stem} & used
    ]
    unused += [row.plain for row in words.VERBS.values() if not {row.plain, row.joined} & used]
    assert unused == []


def test_no_word_stands_in_one_table_twice() -> None:
    tables = (words.SPEAKERS + words.FAMILY + words.ANIMALS + words.HUMANS, words.FOODS + words.DRINKS, words.PLACES)
    for table in tables:
        assert len({row.word for row in table}) == len(table)


def test_every_verb_has_four_english_forms() -> None:
    assert all(len(verb.english.split()) == 4 for verb in words.VERBS.values())
