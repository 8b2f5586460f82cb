from __future__ import annotations

from pages._chapters.attention.studies import STUDIES
from pages._ui.address import CONTROLS


def test_every_study_can_be_chosen() -> None:
    assert {*STUDIES, "alter"} == set(CONTROLS["study"].options)
