from __future__ import annotations

from typing import TYPE_CHECKING

from pages._ui import lab
from tests.pages.trained import runs

if TYPE_CHECKING:
    from rnn_core.training.lab.store import Runs

__all__ = ["runs"]


def test_the_pages_have_the_store_that_the_environment_names(runs: Runs) -> None:
    assert lab.runs() is runs
