from pathlib import Path

from bench.your_model import INPUTS, LAYERS, UNITS, write
from rnn_core.own.files import open_file
from rnn_core.own.limits import MOST_MEGABYTES


def test_the_file_is_nearly_the_largest_that_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "own.safetensors"
    assert 0.85 * (MOST_MEGABYTES << 20) < write(path) < MOST_MEGABYTES << 20
    (part,) = open_file(path.name, path.read_bytes()).parts
    assert (part.inputs, part.units, part.layers, part.beyond) == (INPUTS, UNITS, LAYERS, False)
