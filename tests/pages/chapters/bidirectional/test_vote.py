from __future__ import annotations

import pytest

from rnn_core.segmentation import model
from rnn_core.segmentation.tags import MAX_CHARACTERS, NEEDED, UNMOVED
from tests.pages.voting import asked, right


def test_the_measured_word_is_another_one_without_later_states() -> None:
    assert right("bidirectional", lang="ja", text=NEEDED) == ("「てんき」",)
    assert "てんき" not in model.segmented(NEEDED, "off").words


def test_where_every_boundary_stays_none_changes() -> None:
    assert model.segmented(UNMOVED).words == model.segmented(UNMOVED, "off").words
    assert right("bidirectional", text=UNMOVED) == ("None changes",)


@pytest.mark.parametrize("text", ["犬", "犬が" * (MAX_CHARACTERS // 2)])
def test_one_word_or_too_many_are_no_question(text: str) -> None:
    assert asked("bidirectional", text=text) is None
