from __future__ import annotations

from types import MappingProxyType
from typing import cast

from pages._chapters.uses import networks
from pages._ui.chapter import Chapter
from pages._ui.shell import View


def test_a_chapter_has_the_cells_of_all_and_the_sizes_that_it_ships() -> None:
    chapter = Chapter("made_up", "uses", 1, networks.held((16, 64), 64))
    assert chapter.controls == ("cell", "hidden")
    assert (chapter.forms["hidden"].options, chapter.forms["hidden"].default) == ((16, 64), 64)


def test_the_switches_name_a_network_of_the_task() -> None:
    class Shown:
        state = MappingProxyType({"cell": "gru", "hidden": 64, "text": "x"})

    assert networks.spec(cast("View", Shown), "kaomoji").name == "kaomoji-gru-64-seed0"
