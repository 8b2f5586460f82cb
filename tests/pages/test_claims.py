from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from pages._chapters.claims.table import link, why
from pages._ui.address import controls_of, parse
from pages._ui.contents import CHAPTERS
from rnn_core.claims import data
from rnn_core.claims.rows import CLAIMS
from rnn_core.messages import LANGUAGES
from tests.pages.reading import charts, drawing, html, keys

if TYPE_CHECKING:
    from tests.pages.conftest import Open


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_verdicts_wait_for_a_guess_that_is_made_in_the_drawing(open_page: Open, lang: str) -> None:
    at = open_page(page="claims", lang=lang)
    assert keys(at) == ["words_read_back"]
    assert 'class="judged' not in html(at)
    assert drawing(at, "claim_piles")["answer"] is None
    at = open_page(page="claims", lang=lang, guess_claims="3", claim="6")
    assert html(at).count('class="judged') == len(CLAIMS)
    found = drawing(at, "claim_piles")
    assert (found["verdict"], found["why"], found["at"]["step"]) == ("right", why(lang), 6)


@pytest.mark.parametrize("hidden", [8, 64])
def test_the_chart_has_the_stored_shares(open_page: Open, hidden: int) -> None:
    at = open_page(page="claims", guess_claims="skip", hidden=str(hidden))
    shares, chance = data.read_back(hidden)
    assert [tuple(line["y"]) for line in charts(at, "chart_words_read_back")] == [*shares.values(), chance]


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.name)
def test_each_link_opens_a_state_that_its_chapter_has(claim) -> None:
    chapter = next(row for row in CHAPTERS if row.name == claim.chapter)
    state, notices = parse({key: [value] for key, value in claim.state.items()}, controls_of(chapter))
    assert notices == ()
    assert all(str(state[key]) == value for key, value in claim.state.items())
    assert link(claim, "en").startswith("./?lang=en" if claim.chapter == "home" else f"{chapter.address}?lang=en")


def test_what_is_used_today_is_folded_and_says_its_sources(open_page: Open) -> None:
    at = open_page(page="claims", guess_claims="skip")
    at.session_state["today"] = True
    at.run()
    for fact in data.today():
        assert fact["date"] in html(at)
        assert re.sub("<[^>]*>", "", fact["reference"]) in html(at)
