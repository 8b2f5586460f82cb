import asyncio
from itertools import count

from bench import heavy
from bench.extremes import query
from bench.server import Place, free_port
from pages._ui.address import CONTROLS, controls_of, parse
from pages._ui.shell import CHAPTERS


def test_the_costliest_addresses_are_those_of_pages_that_there_are() -> None:
    found = heavy.costliest(len(CHAPTERS))
    assert len(found) >= heavy.CHOSEN
    rows = {row.name: row for row in CHAPTERS}
    for name, state in found:
        assert set(state) <= set(CONTROLS)
        _, notices = parse(
            {key: [value] for key, value in query(rows[name], state, 7).items()}, controls_of(rows[name])
        )
        assert not notices


def test_a_server_that_is_not_there_is_an_error_and_not_silence() -> None:
    met: list[str] = []

    async def soon() -> None:
        task = asyncio.create_task(heavy.reader(Place(f"http://127.0.0.1:{free_port()}"), 0, count(1), met))
        while not met:
            await asyncio.sleep(0.01)
        task.cancel()

    asyncio.run(asyncio.wait_for(soon(), 10))
    assert "Error" in met[0]


def test_the_readers_leave_when_the_time_is_over() -> None:
    met = asyncio.run(asyncio.wait_for(heavy.readers(f"http://127.0.0.1:{free_port()}", 2, 0.2), 10))
    assert len(met) == 2
