from __future__ import annotations

import re
from typing import TYPE_CHECKING

import torch
from safetensors.torch import save

import rnn_core as rc
from pages._chapters.your_model.inside import NAMES, ROWS, SNIPPET
from rnn_core.messages import LANGUAGES, text
from rnn_core.own.files import open_file
from tests.pages.own import open_own
from tests.pages.reading import html
from tests.rnn_core.own.making import module, opened, packed, stored

if TYPE_CHECKING:
    from pathlib import Path


def test_the_file_is_told_module_by_module(warm: None) -> None:
    file = opened(module(units=7), module(num_layers=2, bidirectional=True), ignored=NAMES + 2)
    for lang in LANGUAGES:
        at = open_own(file, lang=lang, weights=file.name)
        (table,) = re.findall(r"<table class=\"numbers\">.*?</table>", html(at), re.DOTALL)
        rows = [re.findall("<td>(.*?)</td>", row) for row in re.findall("<tr>(.*?)</tr>", table)]
        assert rows[1:] == [
            ["a", "LSTM", "3", "7", "1", "1", "7", "336"],
            ["b", "LSTM", "3", "5", "2", "2", "5", "1,080"],
        ]
        assert "other.0" in html(at)
        assert f"other.{NAMES}" not in html(at)


def test_a_file_with_very_many_modules_is_told_in_part(warm: None) -> None:
    weights = {}
    for at in range(ROWS + 3):
        weights |= stored(module(), f"m{at}.")
    file = open_file("many.npz", save(weights))
    page = open_own(file, lang="en", weights=file.name)
    assert text("your_model.more_modules", "en", count=3) in html(page)


def test_a_name_in_a_file_is_text_and_nothing_else(warm: None) -> None:
    file = open_file("<b>.npz", save(stored(module(), "<img src=x onerror=alert(1)>.")))
    assert "<img" not in html(open_own(file, lang="en", weights=file.name))


def test_the_lines_for_a_notebook_run(tmp_path: Path) -> None:
    path = tmp_path / "own.safetensors"
    path.write_bytes(packed(module()))
    lines = SNIPPET.format(path=str(path), prefix="a", inputs=3, relu="")
    room = {"inputs": torch.zeros(4, 3)}
    exec(lines.replace("rc.plot.states(trace)", ""), room)
    assert isinstance(room["trace"], rc.Trace)
