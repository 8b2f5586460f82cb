"""A file that a reader hands in: shown at once, in other chapters too, and to nobody else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
import torch

from rnn_core.own.file_source import AnyPiece
from rnn_core.own.network import DrawnVectors
from tests.browser.reading import address, plotted
from tests.rnn_core.own.making import module, packed

if TYPE_CHECKING:
    from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser
CHART = ".st-key-chart_hidden_state .js-plotly-plot"
DRAWN = f"() => document.querySelector('{CHART}')?._fullData?.[0]?.z?.length === 7"
WORDS = ("今日", "は", "暑い")


def test_a_file_is_shown_to_the_one_who_hands_it_in_and_to_nobody_else(visit: Visit) -> None:
    own = module(units=7)
    page, other = (visit("your-model", lang="en", text="".join(WORDS)) for _ in range(2))
    given = {"name": "own.safetensors", "mimeType": "application/octet-stream", "buffer": packed(own)}
    page.locator(".st-key-upload_weights input[type=file]").set_input_files(given)
    page.wait_for_url(re.compile("weights=file%3A[0-9a-f]{64}&"))
    page.wait_for_function(DRAWN)
    with torch.inference_mode():
        read = DrawnVectors(3, 0, torch.float32)(torch.tensor(AnyPiece(()).encode(WORDS)))
        expected = own(read)[0].numpy().T
    np.testing.assert_allclose(plotted(page, "hidden_state", "z"), expected, atol=1e-6)
    name = address(page)["weights"]

    page.locator(".st-key-own_ways a").first.click()
    page.wait_for_url("**/cell?**")
    page.wait_for_function("name => location.search.includes(name)", arg=name.removeprefix("file:"))
    page.wait_for_function(DRAWN)
    np.testing.assert_allclose(plotted(page, "hidden_state", "z"), expected, atol=1e-6)
    there = parse_qs(urlsplit(page.url).query)

    assert name[5:13] not in other.locator("body").inner_text()
    for path, query in (("your-model", {"weights": name}), ("cell", {"weights": there["weights"][0]})):
        asked = visit(path, lang="en", **query)
        assert "from a file that only its reader has" in asked.get_by_test_id("stAlertContentError").inner_text()
        assert asked.locator(CHART).count() == 0


def test_what_is_no_file_of_weights_is_a_sentence(visit: Visit) -> None:
    page = visit("your-model", lang="ja")
    field = page.locator(".st-key-upload_weights")
    assert field.get_by_role("button", name="ファイルを選ぶ", exact=True).count() == 1
    assert not re.search("per file|Drag", field.inner_text())
    jpeg = {"name": "../\u202egpj.exe", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff\xe0" + bytes(999)}
    page.locator(".st-key-upload_weights input[type=file]").set_input_files(jpeg)
    page.get_by_test_id("stAlertContentError").wait_for()
    assert "safetensors" in page.get_by_test_id("stAlertContentError").inner_text()
    assert page.locator(CHART).count() == 1
