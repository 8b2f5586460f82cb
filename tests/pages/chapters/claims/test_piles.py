from __future__ import annotations

from typing import TYPE_CHECKING

from pages._chapters.claims import piles
from rnn_core.claims.rows import CLAIMS
from tests.pages.reading import drawing, html

if TYPE_CHECKING:
    from tests.pages.conftest import Open


def test_what_is_prepared_shows_one_claim_of_each_verdict_but_the_plainest() -> None:
    shown = [CLAIMS[int(str(one.sets["claim"])) - 1] for one in piles.CONTRASTS]
    assert [claim.verdict for claim in shown] == ["corrected", "condition", "corrected"]


def test_a_contrast_moves_to_its_claim_and_tells_nothing_before_the_guess(open_page: Open) -> None:
    at = open_page(page="claims", lang="en")
    at.button(key="contrast_context").click().run()
    found = drawing(at, "claim_piles")
    assert (found["at"]["step"], found["answer"], found["verdict"]) == (6, None, "")
    assert 'class="judged' not in html(at)


def test_a_link_that_skips_the_guess_has_no_verdict_of_it(open_page: Open) -> None:
    found = drawing(open_page(page="claims", guess_claims="skip"), "claim_piles")
    assert (found["answer"], found["verdict"]) == ("skip", "")
