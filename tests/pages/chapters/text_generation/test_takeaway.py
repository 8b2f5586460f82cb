from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rnn_core.takeaway.script import SCRIPT_FILE, WEIGHTS_FILE
from tests.pages.reading import drawing
from tests.rnn_core.takeaway.running import run_here

if TYPE_CHECKING:
    from pathlib import Path

    from tests.pages.conftest import Open


@pytest.mark.parametrize("query", [{"lang": "en", "seed": "4", "top_p": "0.9"}, {"lang": "ja", "way": "beam"}])
def test_what_is_taken_home_writes_what_is_on_the_page(
    open_page: Open, offered: dict[str, object], query: dict[str, str], tmp_path: Path
) -> None:
    at = open_page(page="text_generation", hidden="16", **query)
    assert not offered  # made when it is opened
    at.session_state["take_whole"] = True
    at.run()
    (tmp_path / SCRIPT_FILE).write_text(str(offered[SCRIPT_FILE]), encoding="utf-8")
    (tmp_path / WEIGHTS_FILE).write_bytes(offered[WEIGHTS_FILE])
    last = run_here(tmp_path / SCRIPT_FILE).splitlines()[-1]
    assert last == "written: " + "".join(one["text"] for one in drawing(at, "growing_text")["chosen"])
