from __future__ import annotations

import pytest

from pages._chapters.translation import evaluation, vote
from tests.pages.voting import asked, right


def test_the_measured_spelling_is_what_the_network_writes() -> None:
    assert right("translation", lang="ja") == (evaluation.spelling(evaluation.ASKED),)
    assert right("translation", network="kanji") == right("translation")


def test_one_that_nobody_thought_of_is_an_answer_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vote, "spelling", lambda _: "ト")
    found = asked("translation")
    assert found
    assert (found.options["ja"][-1], found.right) == ("ト", (len(evaluation.SPELT),))


def test_it_writes_long_vowels_in_other_words() -> None:
    """As the note for teachers says."""
    assert any("ー" in evaluation.spelling(word) for word in ("network", "queue", "visualizer"))
