from __future__ import annotations

import json

import pytest

from pages._ui.components.path_field import drawing
from rnn_core.messages import LANGUAGES
from rnn_core.tasks.video.clips import ACROSS


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_has_the_digit_and_the_path_that_is_there(lang: str) -> None:
    data = json.loads(json.dumps(drawing(lang, 4, ACROSS), allow_nan=False))
    assert (data["size"], data["side"], data["frames"]) == (8, 16, 16)
    assert data["path"] == ACROSS
    assert data["digit"] != drawing(lang, 5, "")["digit"]
    assert all(data["text"].values())
