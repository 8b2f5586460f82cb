from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import streamlit

from pages._ui import head_start
from pages._ui.chapter import HOME
from pages._ui.contents import CHAPTERS
from rnn_core.messages import LANGUAGES
from tests.pages.alternating import alternately
from tests.pages.opening import at_address

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from tests.pages.conftest import Open

DRAWN = ("", "cell", "order", "compare", "bidirectional", "transformer")


def contrasts(at: AppTest) -> list[str]:
    """What is prepared, by its keys."""
    return [str(one.key) for one in at.button if str(one.key).startswith("contrast_")]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", DRAWN)
def test_the_stage_has_the_drawing_what_is_prepared_and_the_way_out_and_nothing_below(
    open_page: Open, page: str, lang: str
) -> None:
    at = open_page(page=page, lang=lang, present="1")
    assert at.get("plotly_chart") == []
    assert 1 <= len(contrasts(at)) <= 9
    assert [one for one in at.get("html") if 'class="principle"' in one.proto.body] == []
    at.button(key="leave").click().run()
    assert at.query_params["present"] == "0"
    assert [one for one in at.get("html") if 'class="lead"' in one.proto.body]


@pytest.mark.parametrize(("lang", "page"), alternately(row.name.replace(HOME, "") for row in CHAPTERS))
def test_no_chapter_fails_on_the_stage(open_page: Open, page: str, lang: str) -> None:
    at = open_page(page=page, lang=lang, present="1")
    assert [one.value for one in at.error] == []
    assert not at.exception


def test_a_contrast_of_the_stage_stays_on_it(open_page: Open) -> None:
    at = open_page(lang="en", present="1", cell="gru")
    at.button(key="contrast_rnn").click().run()
    assert (at.query_params["present"], at.query_params["cell"], at.query_params["t"]) == ("1", "rnn", "1")
    assert not at.exception


def test_what_fails_before_the_drawing_is_said_on_the_stage(open_page: Open) -> None:
    at = open_page(lang="en", present="1", text="")
    assert len(at.error) == 1


@pytest.mark.parametrize("page", ["", "cell", "order", "attention", "translation"])
def test_the_browser_draws_once_in_a_visit_before_the_first_chart_comes(
    warm: None, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    sent: list[str] = []
    chart = streamlit.plotly_chart
    monkeypatch.setattr(head_start.Drawn, "wait", lambda drawn, most: drawn.is_set() or sent.append(f"{most} s"))
    monkeypatch.setattr(
        streamlit, "plotly_chart", lambda *told, **more: (sent.append("chart"), chart(*told, **more))[1]
    )
    at = at_address(page, {"guess_spelling": "skip"} if page == "translation" else {})
    at.context["url"] = "http://localhost:8501/"
    at.run()
    assert sent[0] == f"{head_start.LONGEST} s"
    sent.clear()
    at.run()
    assert set(sent) == {"chart"}


def test_nobody_waits_where_there_is_no_browser(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(head_start.Drawn, "wait", lambda _, most: pytest.fail(f"waits {most} s"))
    open_page()
