from bench.player import FRAME, MOVING_ON, SHORT, Moved, apart, row, way, within
from bench.stage import DRAWN


def test_what_is_sent_at_rest_is_not_sent_on_the_move() -> None:
    assert apart([]) == (0, 0)
    assert apart([100.0, 250.0, 1800.0]) == (1, 2)


def test_a_step_of_just_a_frame_is_within_a_frame() -> None:
    assert within([FRAME, FRAME + 0.1]) == 0.5


def test_a_row_says_what_was_seen() -> None:
    found = row("/cell", "step", Moved(0, 1, [1.0, 1.0], [2.0, 20.0], 7.0))
    assert found[:6] == ["/cell", "step", 2, 0, "0", 1]
    assert found[-2:] == ["50.0%", "7.0 ms"]


def test_the_way_to_and_fro_never_leaves_the_drawing() -> None:
    at, seen = 1, []
    for key in way(4, 20):
        at += 1 if key == "ArrowRight" else -1
        seen.append(at)
    assert len(seen) == 20
    assert set(seen) == {1, 2, 3, 4}


def test_every_chapter_that_moves_along_something_is_measured() -> None:
    assert {row.name for row in DRAWN} - {row.name for row in MOVING_ON} == {"training"}
    assert set(SHORT) <= {row.name for row in MOVING_ON}
