from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from rnn_core.takeaway.training_script import SCRIPT_FILE
from tests.pages.trained import runs, trained
from tests.rnn_core.training.lab.standin import spec

if TYPE_CHECKING:
    from rnn_core.training.lab.store import Runs
    from tests.pages.conftest import Open

__all__ = ["runs"]


@pytest.fixture
def taken(open_page: Open, runs: Runs, offered: dict[str, object]) -> dict[str, object]:
    at = open_page(page="training", run=trained(runs, spec()), guess="skip")
    at.session_state["take_run"] = True
    at.run()
    return offered


def test_the_files_are_made_when_they_are_asked_for(taken: dict[str, object]) -> None:
    assert all(callable(make) for make in taken.values())
    (packed,) = (make for name, make in taken.items() if name.endswith(".zip"))
    assert "spec.json" in zipfile.ZipFile(io.BytesIO(packed())).namelist()
    assert f"LENGTH = {spec().length}" in str(taken[SCRIPT_FILE]()) or "LENGTH" in str(taken[SCRIPT_FILE]())
    rows = str(taken["kioku-points.csv"]()).splitlines()
    assert len(rows) == 1 + len(spec().records)
