from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from rnn_core.messages import text
from tests.pages.reading import html


def page(task: str) -> None:
    from pages._chapters.uses import training
    from pages._ui import shell

    shell.show(lambda view: training.offer(view, task))


@pytest.mark.parametrize(("task", "links", "here"), [("smalltalk", 1, True), ("melodies", 1, False), ("no", 0, True)])
def test_the_way_to_the_lab_is_there_where_the_lab_has_the_task(task: str, links: int, here: bool) -> None:
    at = AppTest.from_function(page, default_timeout=60, args=(task,))
    at.run()
    assert not at.exception
    found = [one.proto for one in at.get("page_link") if "task=" in one.proto.query_string]
    assert len(found) == links
    assert all(f"task={task}" in one.query_string for one in found)
    assert (text("gradients.title", "en") in html(at)) != here
