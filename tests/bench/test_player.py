from bench.player import FRAME, Moved, apart, row, within


def test_what_is_sent_at_rest_is_not_sent_on_the_move() -> None:
    assert apart([]) == (0, 0)
    assert apart([100.0, 250.0, 1800.0]) == (1, 2)


def test_a_step_of_just_a_frame_is_within_a_frame() -> None:
    assert within([FRAME, FRAME + 0.1]) == 0.5


def test_a_row_says_what_was_seen() -> None:
    found = row("/cell", "step", Moved(0, 1, [1.0, 1.0], [2.0, 20.0], 7.0))
    assert found[:6] == ["/cell", "step", 2, 0, "0", 1]
    assert found[-2:] == ["50.0%", "7.0 ms"]
