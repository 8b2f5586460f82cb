from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

import pytest

from pages._chapters.claims import again
from pages._ui.measuring import STOPWATCH
from rnn_core.claims import data
from rnn_core.claims.rows import CLAIMS
from rnn_core.messages import LANGUAGES, text
from tests.pages.reading import html

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.pages.conftest import Open

FOUND = again.Found(CLAIMS[0], data.measured()["claims"][CLAIMS[0].name])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_says_of_claims_that_they_are_not_measured_yet(open_page: Open, lang: str) -> None:
    assert text("claims.not_yet", lang) in html(open_page(page="claims", lang=lang, guess_claims="skip"))


def test_it_is_measured_again_on_the_page(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    def few() -> Iterator[again.Found]:
        yield FOUND
        yield again.Found(CLAIMS[0], {"gap": 1.0})

    monkeypatch.setattr(again, "_each", few)
    at = open_page(page="claims", lang="en", guess_claims="skip")
    at.button(key="claims_start").click().run()
    own = at.session_state[again.AGAIN.own]
    assert own.wait(30)
    at.run()
    assert html(at).count('class="here"') == 2
    assert text("claims.unsupported", "en") in html(at)


def test_it_waits_while_times_are_measured_elsewhere(open_page: Open) -> None:
    done = Event()

    def held() -> Iterator[int]:
        done.wait(30)
        yield 1

    other = STOPWATCH.start(held, 1)
    assert other
    try:
        at = open_page(page="claims", lang="en", guess_claims="skip")
        at.button(key="claims_start").click().run()
        assert text("transformer.other_reader", "en") in html(at)
        at.button(key="claims_stop").click().run()
        assert text("claims.not_yet", "en") in html(at)
    finally:
        done.set()
        other.wait()
