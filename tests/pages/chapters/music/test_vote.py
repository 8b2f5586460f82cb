from __future__ import annotations

from tests.pages.voting import right


def test_the_measured_answer_is_the_nearest_perplexity() -> None:
    assert right("music", cell="lstm") == ("about 8",)
