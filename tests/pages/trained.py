"""Runs in a store of a test's own, as far as the test wants them to be."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

import pytest

from pages._ui import lab
from rnn_core.training.lab.events import Diverged, Finished
from rnn_core.training.lab.writer import writing
from tests.rnn_core.training.lab.standin import train

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from rnn_core.training.lab.events import Event
    from rnn_core.training.lab.spec import TrainSpec
    from rnn_core.training.lab.store import Runs


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Runs:
    """An empty store, which the pages have too."""
    monkeypatch.setenv("KIOKU_DATA_DIR", str(tmp_path))
    return lab.runs()


def trained(
    store: Runs,
    spec: TrainSpec,
    visitor: str = "somebody",
    updates: int | None = None,
    train: Callable[[TrainSpec], Iterator[Event]] = train,
) -> str:
    """A run that has made so many updates, all of them by default; its name."""
    name = store.submit(spec, visitor)
    taken = store.index.take()
    assert taken == spec.id
    last = spec.steps if updates is None else updates
    end = None
    with writing(store.folder(spec.id)) as writer:
        for event in takewhile(lambda event: getattr(event, "step", 0) <= last, train(spec)):
            writer.write(event)
            end = event
    if isinstance(end, Finished | Diverged):
        store.turns.ended(spec.id, end.kind, 1.0)
    return name
