from __future__ import annotations

from pages._chapters.compare.summary import steps


def test_what_the_sentence_is_too_short_for_is_more_than_it_has() -> None:
    assert steps(2.34, 6, "en") == "2.3"
    assert steps(None, 6, "ja") == "> 5"
