from bench.stage import DRAWN, SCREENS, UNDRAWN, Seen
from pages._ui.contents import CHAPTERS


def drawn(bottom: float, beyond: float) -> Seen:
    return Seen(0, 0, bottom, beyond, (24.0, "h"), [])


def test_a_drawing_is_whole_where_nothing_of_it_lies_beyond_the_screen() -> None:
    assert drawn(768, 0).whole(768)
    assert not drawn(769, 0).whole(768)
    assert not drawn(700, 5).whole(768)


def test_every_chapter_that_opens_with_a_drawing_is_measured_on_both_screens() -> None:
    assert {row.name for row in DRAWN} | set(UNDRAWN) == {row.name for row in CHAPTERS}
    assert SCREENS == {(1920, 1080): 24, (1024, 768): 20}
