import asyncio

from bench import handing
from bench.server import Place, free_port
from rnn_core.own.files import open_file


def test_each_file_is_one_of_five_megabytes_of_its_own() -> None:
    one, other = handing.written(0), handing.written(1)
    assert 4.9e6 < len(one) == len(other) < 5.1e6
    assert one != other
    (part,) = open_file(handing.NAME, one).parts
    assert (part.inputs, part.units, part.beyond) == (handing.INPUTS, handing.UNITS, False)


def test_a_server_that_is_not_there_is_an_error_and_not_silence() -> None:
    met = asyncio.run(asyncio.wait_for(handing.visitor(Place(f"http://127.0.0.1:{free_port()}"), 0, 1.0), 10))
    assert "Error" in met
