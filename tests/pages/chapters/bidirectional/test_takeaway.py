from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rnn_core.messages import LANGUAGES, text
from rnn_core.segmentation.model import segmented, weights_bytes
from rnn_core.segmentation.tags import NEEDED, NEVER_RIGHT, Later
from rnn_core.takeaway.segmenter_script import MAPPED, SCRIPT_FILE, WEIGHTS_FILE, write_segmenter_script
from tests.pages.reading import html

if TYPE_CHECKING:
    from tests.pages.conftest import Open


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("later", ["own", "off", "other"])
def test_the_script_and_the_weights_are_those_of_what_is_on_the_screen(
    open_page: Open, offered: dict[str, object], lang: str, later: Later
) -> None:
    at = open_page(page="bidirectional", lang=lang, text=NEEDED, later=later, guess_boundaries="skip")
    assert not offered
    at.session_state["take_whole"] = True
    at.run()
    assert not at.exception
    assert text("bidirectional.take_says", lang, weights=WEIGHTS_FILE, mapped=MAPPED) in html(at)
    found = segmented(NEEDED, later, NEVER_RIGHT)
    assert offered == {SCRIPT_FILE: write_segmenter_script(found), WEIGHTS_FILE: weights_bytes(found)}
