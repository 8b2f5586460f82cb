from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rnn_core.messages import text
from tests.pages.reading import html

if TYPE_CHECKING:
    from tests.pages.conftest import Open


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_what_was_cut_or_never_learned_is_said(open_page: Open, lang: str) -> None:
    at = open_page(page="text_generation", lang=lang, name_begins="漢" + "は" * 80)
    assert [one.value for one in at.warning] == [text("text_generation.cut", lang, limit=24)]
    assert text("ui.unknown", lang, words="漢") in html(at)
