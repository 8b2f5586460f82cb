from pathlib import Path

import pytest

from bench import your_model
from bench.your_model import INPUTS, LAYERS, UNITS, section, write
from rnn_core.own.files import open_file
from rnn_core.own.limits import MOST_MEGABYTES


def test_the_file_is_nearly_the_largest_that_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "own.safetensors"
    assert 0.85 * (MOST_MEGABYTES << 20) < write(path) < MOST_MEGABYTES << 20
    (part,) = open_file(path.name, path.read_bytes()).parts
    assert (part.inputs, part.units, part.layers, part.beyond) == (INPUTS, UNITS, LAYERS, False)


def test_a_piece_that_is_measured_anew_leaves_the_others_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(your_model, "PARTS", {"picture": lambda: [("new", "1 s", "")], "memory": lambda: []})
    monkeypatch.setattr(your_model, "kept_rows", lambda _: [("picture", "old", "2 s", ""), ("memory", "kept", "3", "")])
    assert section(("picture",)).splitlines()[2:] == ["| picture | new | 1 s |  |", "| memory | kept | 3 |  |"]
