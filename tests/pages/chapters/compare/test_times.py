from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pages._chapters.compare import times
from rnn_core.messages import text
from tests.pages.reading import html

if TYPE_CHECKING:
    from tests.pages.conftest import Open


def test_a_time_is_measured_when_it_is_asked_for_and_again(open_page: Open) -> None:
    at = open_page(page="compare", lang="en")
    assert text("compare.not_measured", "en") in html(at)
    found = []
    for label in ("measure", "measure_again"):
        assert at.button(key="measure_times").label == text(f"compare.{label}", "en")
        at.button(key="measure_times").click().run()
        assert re.search(r"Measured at \d\d:\d\d:\d\d", html(at))
        found.append(at.session_state[times.KEPT].spreads)
    assert found[0] != found[1]
    at.run()
    assert at.session_state[times.KEPT].spreads == found[1]


def test_another_session_has_none_of_it(open_page: Open) -> None:
    one = open_page(page="compare", lang="en")
    one.button(key="measure_times").click().run()
    assert text("compare.column.time", "en") in html(one)
    assert text("compare.not_measured", "en") in html(open_page(page="compare", lang="en"))


def test_other_networks_or_words_have_none_of_it(open_page: Open) -> None:
    at = open_page(page="compare", lang="en")
    assert text("compare.column.time", "en") not in html(at)
    at.button(key="measure_times").click().run()
    at.session_state["hidden"] = 32
    at.run()
    assert text("compare.column.time", "en") not in html(at)
    assert text("compare.not_measured", "en") in html(at)
