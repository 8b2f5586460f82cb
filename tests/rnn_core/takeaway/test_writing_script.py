"""The script to take home writes what the page shows, and holds to the same rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rnn_core.models import registry, writing
from rnn_core.specs import ModelSpec
from rnn_core.statistics.truncation import Truncation
from rnn_core.takeaway.script import SCRIPT_FILE, WEIGHTS_FILE
from rnn_core.takeaway.writing_script import write_writing_script
from tests.rnn_core.takeaway.running import run_alone, run_here

if TYPE_CHECKING:
    from pathlib import Path

    from rnn_core.models.writing import Written


def printed(folder: Path, written: Written, *settings: object, run=run_here) -> list[str]:
    spec = written.trace.spec
    (folder / SCRIPT_FILE).write_text(write_writing_script(written, *settings), encoding="utf-8")
    (folder / WEIGHTS_FILE).write_bytes(registry.family_of(spec).weights_bytes(spec))
    return run(folder / SCRIPT_FILE).splitlines()


@pytest.mark.parametrize(
    ("task", "cell", "text", "how"),
    [
        ("given_names", "lstm", "は", {}),
        ("given_names", "rnn", '"""\'\\{x}漢', {"temperature": 3.0, "top_k": 12}),
        ("kaomoji", "gru", "(", {"temperature": 2.0, "top_p": 0.9}),
        ("kaomoji", "lstm", "hello", {"temperature": 10.0}),
        ("smalltalk", "gru", "今日は", {"top_p": 0.5}),
        ("given_names", "gru", "", {"temperature": 0.0}),
    ],
)
def test_it_writes_the_same_text_from_the_same_seed(
    task: str, cell: str, text: str, how: dict[str, float], tmp_path: Path
) -> None:
    spec, truncation = ModelSpec(task=task, cell=cell, hidden=16), Truncation(**how)
    tokens, _ = writing.beginning(task, text)
    for seed in (0, 7):
        found = writing.draw(spec, tokens, truncation, seed)
        alone = run_alone if (task, cell, seed) == ("kaomoji", "lstm", 0) else run_here  # it has the rule too
        *rows, last = printed(tmp_path, found, truncation, seed, run=alone)
        assert last == "written: " + "".join(found.trace.outputs[at] for at in found.chosen)
        for row, at, before, after in zip(rows, found.chosen, found.before, found.after, strict=True):
            said, p, q = row.rsplit(" ", 2)
            assert said == found.trace.outputs[at]
            assert float(q) == pytest.approx(after[at], rel=1e-4)
            if task != "kaomoji":  # of which the page says what the network expects, allowed or not
                assert float(p) == pytest.approx(before[at], rel=1e-4)


@pytest.mark.parametrize(("task", "width"), [("given_names", 3), ("kaomoji", 1)])
def test_a_beam_finds_the_same(task: str, width: int, tmp_path: Path) -> None:
    spec = ModelSpec(task=task, cell="gru", hidden=16)
    found = writing.search(spec, writing.beginning(task, "")[0], width)
    *rows, last = printed(tmp_path, found, Truncation(), 0, width)
    assert last == "written: " + "".join(found.trace.outputs[at] for at in found.chosen)
    assert len(rows) == len(found.beam)
    for row, one in zip(rows, found.beam, strict=True):
        assert float(row.rsplit(" ", 1)[1]) == pytest.approx(one.surprise, rel=1e-4)
