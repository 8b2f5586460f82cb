from __future__ import annotations

from pages._ui import compare_runs
from rnn_core.models.language_model import EMBEDDING


def test_words_have_as_many_numbers_as_is_counted_with() -> None:
    assert compare_runs.INPUTS == EMBEDDING
