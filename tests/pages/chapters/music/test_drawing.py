from __future__ import annotations

import wave
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np
import pytest
from mido import MidiFile

from rnn_core.sound.synth import NOTE_RATE, frequency
from tests.pages.reading import drawing, html

if TYPE_CHECKING:
    from tests.pages.conftest import Open


@pytest.mark.parametrize("begins", ["bwv278", "own"])
def test_what_is_heard_is_what_is_downloaded(open_page: Open, offered: dict[str, object], begins: str) -> None:
    at = open_page(page="music", lang="en", begins=begins, melody="A4 C5:2", temperature="0")
    notes = drawing(at, "melody_roll")["notes"]
    midi, sound = (offered[f"kioku-melody.{kind}"] for kind in ("mid", "wav"))
    assert isinstance(midi, bytes)
    assert isinstance(sound, bytes)
    played = [message for message in MidiFile(file=BytesIO(midi)).tracks[0] if message.type == "note_on"]
    assert [message.note for message in played] == [pitch for pitch, _ in notes]
    with wave.open(BytesIO(sound)) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(float)
    assert len(samples) == round(0.125 * NOTE_RATE * sum(length for _, length in notes))
    pitch, length = notes[0]
    first = samples[: round(0.125 * NOTE_RATE * length)]
    size = np.abs(np.fft.rfft(first * np.hanning(len(first)), 8 * len(first)))
    assert np.argmax(size) * NOTE_RATE / (8 * len(first)) == pytest.approx(frequency(pitch), rel=0.01)
    assert "Perplexity of" in html(at)
