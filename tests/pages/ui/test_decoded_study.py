from __future__ import annotations

from pages._ui.address import CONTROLS
from pages._ui.decoded_study import STUDIES


def test_every_study_can_be_chosen() -> None:
    assert {*STUDIES, "alter"} == set(CONTROLS["study"].options)
