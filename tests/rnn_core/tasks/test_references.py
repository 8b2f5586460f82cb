from __future__ import annotations

import pytest

from rnn_core.tasks.references import correct_targets, first_wrong
from rnn_core.tasks.translations import TRANSLATIONS


@pytest.mark.parametrize("task", TRANSLATIONS)
def test_what_the_data_has_is_right(task: str) -> None:
    for pair in TRANSLATIONS[task].parts().test[::97]:
        assert correct_targets(task, pair.source) == pair.targets


@pytest.mark.parametrize("task", [*TRANSLATIONS, "katakana"])
def test_of_what_it_does_not_have_nothing_is_said(task: str) -> None:
    assert correct_targets(task, ("ぬ", "ぬ", "ぬ")) == ()


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
