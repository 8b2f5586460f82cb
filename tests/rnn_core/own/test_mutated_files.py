"""A hundred damaged files, in a process of its own: each a network or a sentence, in a bound of time and of memory."""

from __future__ import annotations

import io
import json
import re
import resource
import subprocess
import sys
import time

import numpy as np
from safetensors.torch import save
from scipy.io import wavfile
from torch import nn

from rnn_core.errors import KiokuError
from rnn_core.messages import LANGUAGES
from rnn_core.own.files import open_file
from rnn_core.own.inputs import is_sound, read_inputs
from rnn_core.own.sounds import read_sound
from tests.reading import ROOT

COUNT, SECONDS, MEGABYTES = 100, 2.0, 500.0


def whole_files() -> list[bytes]:
    """A file of each kind that is taken, whole."""
    weights = nn.LSTM(20, 30, 2, bidirectional=True).state_dict()
    arrays = {name: weight.numpy() for name, weight in weights.items()}
    plain, packed, numbers, sound = (io.BytesIO() for _ in range(4))
    np.savez(plain, **arrays)
    np.savez_compressed(packed, **arrays)
    np.savez(numbers, inputs=np.ones((20, 5)))
    wavfile.write(sound, 16_000, np.zeros(16_000, np.float32))
    table = "\n".join(f"{row},{row / 7},−1" for row in range(50)).encode()
    return [save(weights), plain.getvalue(), packed.getvalue(), numbers.getvalue(), sound.getvalue(), table]


def damaged(content: bytes, draw: np.random.Generator) -> bytes:
    """The file cut off, with other bytes, with lies about its sizes, or with parts doubled or left out."""
    one, other = sorted(draw.integers(0, len(content), 2).tolist())
    junk = draw.integers(0, 256, 16, dtype=np.uint8).tobytes()
    return [
        lambda: content[:one],
        lambda: content[:one] + junk + content[one + 16 :],
        lambda: content[:one] + content[other:],
        lambda: content[:other] + content[one:],
        lambda: draw.integers(0, 2**40, 1).tobytes() + content[8:],
        lambda: re.sub(rb"\d+", lambda found: found[0] + b"9" * int(draw.integers(0, 9)), content, count=20),
        lambda: b"PK\x03\x04" + content,
    ][int(draw.integers(0, 7))]()


def opened(content: bytes) -> str:
    """What becomes of a file, handed in as weights and as input."""
    said = []
    read = (lambda one: read_sound(one, "file:own", 20)) if is_sound(content) else read_inputs
    for take in (lambda one: open_file("x", one), read):
        try:
            take(content)
            said.append("open")
        except KiokuError as error:
            said.append(error.code if all(map(error.text, LANGUAGES)) else "no words")
    return " ".join(said)


def measure() -> None:
    """Open all of them, and say what became of each, in which time, and the memory of this process."""
    whole, draw = whole_files(), np.random.default_rng(0)
    for content in whole:
        opened(content)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = []
    for number in range(COUNT):
        content, began = damaged(whole[number % len(whole)], draw), time.process_time()
        found.append((opened(content), time.process_time() - began))
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    sys.stdout.write(json.dumps({"found": found, "grown": grown}))


def test_a_damaged_file_is_a_sentence_in_time_and_memory() -> None:
    ask = "from tests.rnn_core.own.test_mutated_files import measure; measure()"
    run = subprocess.run([sys.executable, "-c", ask], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    told = json.loads(run.stdout)
    assert len(told["found"]) == COUNT
    assert len({said for said, _ in told["found"]}) > 8  # they end in many ways
    assert not any("no words" in said for said, _ in told["found"])
    assert max(seconds for _, seconds in told["found"]) < SECONDS
    assert told["grown"] < MEGABYTES
