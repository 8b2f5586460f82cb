from __future__ import annotations

import pytest

from rnn_core.tasks import names
from rnn_core.tasks.names.corpus import BETWEEN
from rnn_core.tasks.references import correct_targets, first_wrong
from rnn_core.tasks.translations import TRANSLATIONS
from rnn_core.text.symbols import SPECIALS


@pytest.mark.parametrize("task", TRANSLATIONS)
def test_what_the_data_has_is_right(task: str) -> None:
    for pair in TRANSLATIONS[task].parts().test[::97]:
        assert correct_targets(task, pair.source) == pair.targets


@pytest.mark.parametrize("task", ["phrases", "kanji", "katakana"])
def test_of_what_it_does_not_have_nothing_is_said(task: str) -> None:
    assert correct_targets(task, ("ぬ", "ぬ", "ぬ")) == ()


def test_names_are_right_by_a_rule_whether_the_data_has_them_or_not() -> None:
    (target,) = correct_targets("names", tuple("ぬぬ・ゆうき"))
    assert "".join(target) == "nunu␣yuuki"


def test_all_that_can_be_typed_has_romaji() -> None:
    for kana in set(names.source().words) - {*SPECIALS, BETWEEN}:
        ((letters,),) = (correct_targets("names", (kana,)),)
        assert "".join(letters).isascii(), kana


@pytest.mark.parametrize(
    ("written", "targets", "place"),
    [
        ("ab", ["ab"], None),
        ("ab", ["ac", "ab"], None),
        ("ab", [], None),
        ("abx", ["abc", "a"], 2),
        ("ab", ["abc"], 2),
        ("abc", ["ab"], 2),
        ("", ["a"], 0),
    ],
)
def test_the_first_wrong_place_is_where_an_output_leaves_the_right_one_it_follows_longest(
    written: str, targets: list[str], place: int | None
) -> None:
    assert first_wrong(written, [tuple(target) for target in targets]) == place
