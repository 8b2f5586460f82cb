from __future__ import annotations

from pages._chapters.uses import switches
from pages._ui.chapter import Chapter


def test_a_chapter_has_the_cells_of_all_and_the_sizes_that_it_ships() -> None:
    chapter = Chapter("made_up", "uses", 1, switches.held((16, 64), 64))
    assert chapter.controls == ("cell", "hidden", "weights")
    assert (chapter.forms["hidden"].options, chapter.forms["hidden"].default) == ((16, 64), 64)
