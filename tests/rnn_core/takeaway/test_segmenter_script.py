"""The script to take home is run, once as a reader would run it, and prints the numbers of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from rnn_core.segmentation.measures import influences
from rnn_core.segmentation.model import segmented, weights_bytes
from rnn_core.segmentation.tags import LATER, TAGS, Later, Segmentation
from rnn_core.takeaway.segmenter_script import MAPPED, SCRIPT_FILE, WEIGHTS_FILE, write_segmenter_script
from tests.rnn_core.takeaway.running import run_alone, run_here

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TEXT = "今日は\"'\\{x}🎉 いいてんき"


def printed(folder: Path, found: Segmentation, run: Callable[[Path], str] = run_here) -> str:
    (folder / SCRIPT_FILE).write_text(write_segmenter_script(found), encoding="utf-8")
    (folder / WEIGHTS_FILE).write_bytes(weights_bytes(found))
    return run(folder / SCRIPT_FILE)


def rows(out: str, head: str, skip: int) -> np.ndarray:
    lines = out.split(f"{head}\n", 1)[1].splitlines()
    rows = lines[: next((k for k, line in enumerate(lines) if not line.startswith("  ")), None)]
    return np.array([[float(value) for value in row.split()[skip:]] for row in rows])


@pytest.mark.parametrize("later", LATER)
def test_it_prints_the_numbers_of_the_page(tmp_path: Path, later: Later) -> None:
    found = segmented(TEXT, later, "とりがいる")
    out = printed(tmp_path, found)
    # the character is printed quoted; a space inside the quotes would be a column of its own
    assert " " not in found.characters.text
    np.testing.assert_allclose(rows(out, "forward", 1), found.layers.output[:, :50], rtol=0, atol=1e-6)
    np.testing.assert_allclose(rows(out, "backward", 1), found.layers.output[:, 50:], rtol=0, atol=1e-6)
    np.testing.assert_allclose(rows(out, f"scores of {' '.join(TAGS)}", 1), found.emissions[:, :4], rtol=0, atol=2e-5)
    assert f"tags {' '.join(TAGS[tag] for tag in found.tags)}\n" in out
    assert f"words {' | '.join(found.words)!a}\n" in out
    assert ("difference from" in out) is (later == "own")


def test_it_prints_the_map_by_autograd(tmp_path: Path) -> None:
    found = segmented(TEXT)
    out = printed(tmp_path, found, run_alone)
    gap = float(out.split("difference from torch.nn.LSTM ")[1].split()[0])
    assert gap < 1e-5
    drawn = influences(found.characters.text).scores
    printed_map = rows(out, "influence of the input at s (across) on the scores at t (down)", 0)
    np.testing.assert_allclose(printed_map, drawn, rtol=1e-4)


def test_a_long_sentence_has_no_map(tmp_path: Path) -> None:
    assert "influence" not in printed(tmp_path, segmented("あ" * (MAPPED + 1))).replace("  ", "")
