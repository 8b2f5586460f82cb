"""Each step of history opens a state that its chapter takes as it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import pytest

from pages._chapters.home.timeline import LINE, Milestone
from pages._ui.address import controls_of, parse
from pages._ui.shell import CHAPTERS
from rnn_core.messages import LANGUAGES

if TYPE_CHECKING:
    from tests.pages.conftest import Open


@pytest.mark.parametrize("step", LINE, ids=lambda step: step.key)
def test_the_address_of_a_step_is_one_that_its_chapter_holds(step: Milestone) -> None:
    (chapter,) = (row for row in CHAPTERS if row.name == step.chapter)
    assert set(step.state) <= set(chapter.controls)
    state, notices = parse({key: [value] for key, value in step.state.items()}, controls_of(chapter))
    assert notices == ()
    assert {key: str(state[key]) for key in step.state} == dict(step.state)


def test_the_steps_stand_in_the_order_of_their_years() -> None:
    years = [step.year for step in LINE]
    assert years == sorted(years) == [1990, 1997, 1997, 2000, 2014, 2014, 2015, 2017, 2024, 2026]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_step_is_a_link_that_keeps_the_language(open_page: Open, lang: str) -> None:
    links = [link.proto for link in open_page(lang=lang).get("page_link")]
    links = [link for link in links if link.label.startswith("**")][: len(LINE)]  # and no pager
    for link, step in zip(links, LINE, strict=True):
        assert link.page == step.chapter.replace("_", "-")
        assert link.label.startswith(f"**{step.year} ")
        assert step.paper.split(":")[1] in link.label
        assert parse_qs(link.query_string) == {key: [value] for key, value in {"lang": lang, **step.state}.items()}
