from __future__ import annotations

import pytest

from rnn_core.tasks.references import correct_targets
from rnn_core.tasks.translations import TRANSLATIONS


@pytest.mark.parametrize("task", TRANSLATIONS)
def test_what_the_data_has_is_right(task: str) -> None:
    for pair in TRANSLATIONS[task].parts().test[::97]:
        assert correct_targets(task, pair.source) == pair.targets


@pytest.mark.parametrize("task", [*TRANSLATIONS, "katakana"])
def test_of_what_it_does_not_have_nothing_is_said(task: str) -> None:
    assert correct_targets(task, ("ぬ", "ぬ", "ぬ")) == ()
