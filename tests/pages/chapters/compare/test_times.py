from __future__ import annotations

import re
from dataclasses import asdict
from typing import TYPE_CHECKING

from pages._chapters.compare import times
from pages._chapters.compare.summary import spread_said
from rnn_core.messages import text
from tests.pages.reading import drawing, html

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from tests.pages.conftest import Open


def rows(at: AppTest) -> list[dict]:
    found = drawing(at, "network_rows")["networks"]
    assert isinstance(found, list)
    return found


def test_a_time_is_measured_when_it_is_asked_for_and_again(open_page: Open) -> None:
    at = open_page(page="compare", lang="en", guess_persistence="skip")
    assert text("compare.not_measured", "en") in html(at)
    found = []
    for label in ("measure", "measure_again"):
        assert at.button(key="measure_times").label == text(f"compare.{label}", "en")
        at.button(key="measure_times").click().run()
        assert re.search(r"Measured at \d\d:\d\d:\d\d", html(at))
        found.append(at.session_state[times.KEPT].spreads)
        assert [row["times"] for row in rows(at)] == [asdict(one) for one in found[-1]]
    assert found[0] != found[1]
    at.run()
    assert at.session_state[times.KEPT].spreads == found[1]


def test_another_session_has_none_of_it(open_page: Open) -> None:
    one = open_page(page="compare", lang="en", guess_persistence="skip")
    one.button(key="measure_times").click().run()
    assert all(row["times"] for row in rows(one))
    assert text("compare.not_measured", "en") in html(open_page(page="compare", lang="en", guess_persistence="skip"))


def test_the_table_has_it_too(open_page: Open) -> None:
    at = open_page(page="compare", lang="en", guess_persistence="skip")
    at.session_state["measured"] = True
    at.button(key="measure_times").click().run()
    first = at.session_state[times.KEPT].spreads[0]
    assert f"<td>{spread_said(first, 'en')}</td>" in html(at)


def test_other_networks_or_words_have_none_of_it(open_page: Open) -> None:
    at = open_page(page="compare", lang="en", guess_persistence="skip")
    assert not any(row["times"] for row in rows(at))
    at.button(key="measure_times").click().run()
    at.session_state["hidden"] = 32
    at.run()
    assert not any(row["times"] for row in rows(at))
    assert text("compare.not_measured", "en") in html(at)
