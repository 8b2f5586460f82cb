from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pages._ui.classroom import hands, phone
from pages._ui.classroom.rooms import Rooms

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def shared(monkeypatch: pytest.MonkeyPatch) -> Iterator[Rooms]:
    """Rooms of this test alone, for phones and teachers."""
    made = Rooms()
    for module in (hands, phone):
        monkeypatch.setattr(module, "shared_rooms", lambda: made)
    yield made
    made.close()
