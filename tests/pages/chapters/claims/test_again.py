from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from pages._chapters.claims import again
from rnn_core.claims import data
from rnn_core.claims.rows import CLAIMS
from rnn_core.messages import LANGUAGES, text
from rnn_core.stopwatch import Seen
from tests.pages.reading import html

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.pages.conftest import Open

NOW = datetime(2026, 1, 1, tzinfo=UTC)
FOUND = again.Found(CLAIMS[0], data.measured()["claims"][CLAIMS[0].name])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_how_far_it_is(lang: str) -> None:
    assert again.state(None, False, lang) == ""
    assert again.state(None, True, lang) == text("claims.busy", lang)
    for seen, key in (
        (Seen(NOW, (FOUND,), 2, running=True, seconds=4.0), "running"),
        (Seen(NOW, (FOUND,), 2, seconds=4.0), "stopped"),
        (Seen(NOW, (FOUND,), 1, seconds=4.0), "done"),
    ):
        values = {"done": 1, "total": seen.total, "left": "4", "seconds": "4"}
        assert again.state(seen, False, lang) == text(f"claims.{key}", lang, **values)


def test_it_is_measured_again_on_the_page(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    def few() -> Iterator[again.Found]:
        yield FOUND
        yield again.Found(CLAIMS[0], {"gap": 1.0})

    monkeypatch.setattr(again, "_each", few)
    monkeypatch.setattr(again, "CLAIMS", CLAIMS[:2])
    at = open_page(page="claims", lang="en", guess_claims="skip")
    at.button(key="claims_start").click().run()
    own = at.session_state[again.OWN]
    assert own.wait(30)
    at.run()
    assert html(at).count('class="here"') == 2
    assert text("claims.unsupported", "en") in html(at)
