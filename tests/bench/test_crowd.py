import sys

from bench.crowd import command


def test_a_true_option_is_a_flag_and_a_false_one_is_left_out() -> None:
    found = command("http://127.0.0.1:1", sessions=3, sync=True, page="", other=False)
    assert found == [
        *(sys.executable, "-m", "bench.ws_load", "--url", "http://127.0.0.1:1"),
        *("--sessions", "3", "--sync", "--page", ""),
    ]
