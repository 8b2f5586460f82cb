from __future__ import annotations

import struct
import subprocess
import sys
import tracemalloc
import wave
from io import BytesIO

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.io import wavfile

from rnn_core.errors import KiokuError
from rnn_core.sound import wav
from rnn_core.sound.rate import RATE
from rnn_core.sound.wav import SECONDS, read_wav

TONE = 0.5 * np.sin(2 * np.pi * 300 * np.arange(8000) / 8000)


def pcm(samples: np.ndarray, rate: int = 8000, bits: int = 16, channels: int = 1) -> bytes:
    """A file as Python's own library writes it."""
    whole = np.repeat(samples, channels)
    scaled = np.round(whole * (2 ** (bits - 1) - 1)).astype(np.int64)
    if bits == 8:
        raw = (scaled + 128).astype(np.uint8).tobytes()
    else:
        raw = scaled.astype("<i4")[:, None].view(np.uint8)[:, : bits // 8].tobytes()
    out = BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(bits // 8)
        file.setframerate(rate)
        file.writeframes(raw)
    return out.getvalue()


def floating(samples: np.ndarray, rate: int = 8000) -> bytes:
    out = BytesIO()
    wavfile.write(out, rate, samples.astype(np.float32))
    return out.getvalue()


@pytest.mark.parametrize("channels", [1, 2, 6])
@pytest.mark.parametrize("bits", [8, 16, 24, 32])
def test_every_width_is_the_same_sound(bits: int, channels: int) -> None:
    found = read_wav(pcm(TONE, bits=bits, channels=channels)).samples
    wanted = read_wav(floating(TONE)).samples
    assert len(found) == RATE
    np.testing.assert_allclose(found, wanted, atol=0.01 if bits == 8 else 1e-3)


def test_channels_are_mixed() -> None:
    both = np.stack([TONE, -TONE], axis=1)
    out = BytesIO()
    wavfile.write(out, 8000, both.astype(np.float32))
    assert np.abs(read_wav(out.getvalue()).samples).max() < 1e-6


def test_the_first_thirty_seconds_are_used() -> None:
    found = read_wav(pcm(np.zeros(8000 * (SECONDS + 1))))
    assert (len(found.samples), found.cut) == (SECONDS * RATE, True)
    assert not read_wav(pcm(np.zeros(8000 * SECONDS))).cut


def test_a_recording_that_is_too_loud_is_known() -> None:
    assert read_wav(pcm(np.clip(9 * TONE, -1, 1))).clipped
    assert not read_wav(pcm(TONE)).clipped
    assert np.abs(read_wav(floating(9 * TONE)).samples).max() <= 1


def code(data: bytes) -> str:
    with pytest.raises(KiokuError) as caught:
        read_wav(data)
    assert caught.value.text("ja") != caught.value.text("en")
    return caught.value.code


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (b"", "wav_kind"),
        (b"\xff\xd8\xff\xe0" + bytes(2000), "wav_kind"),
        (b"RIFF\x00\x00\x00\x00WAVE", "wav_damaged"),
        (pcm(TONE)[:40], "wav_damaged"),
        (pcm(TONE[:1]), "wav_short"),
        (pcm(TONE[:255]), "wav_short"),
        (pcm(TONE, rate=192_000), "wav_rate"),
        (pcm(TONE, rate=1), "wav_rate"),
        (floating(np.full(8000, np.nan)), "wav_damaged"),
        (pcm(TONE) + bytes(wav.MEGABYTES * 2**20), "wav_large"),
    ],
    ids=["empty", "jpeg", "head", "cut", "one", "step", "fast", "slow", "nan", "large"],
)
def test_what_cannot_be_heard_is_a_sentence(data: bytes, wanted: str) -> None:
    assert code(data) == wanted


def tried(data: bytes) -> str:
    """What is refused, or "" where it is heard."""
    try:
        assert np.isfinite(read_wav(data).samples).all()
    except KiokuError as error:
        return error.code
    return ""


@settings(max_examples=60)
@given(st.integers(4, 43), st.binary(min_size=1, max_size=6))
def test_a_header_that_lies_is_a_sentence_or_a_sound(at: int, lie: bytes) -> None:
    data = bytearray(pcm(TONE))
    data[at : at + len(lie)] = lie
    said = tried(bytes(data))
    assert not said or said.startswith("wav_")


def test_a_header_that_promises_hours_takes_no_more_than_there_is() -> None:
    data = bytearray(pcm(TONE))
    data[40:44] = struct.pack("<I", 2**31)
    tracemalloc.start()
    try:
        tried(bytes(data))
        assert tracemalloc.get_traced_memory()[1] < 16 * 2**20
    finally:
        tracemalloc.stop()


def test_at_96_khz_in_stereo_and_24_bits_it_is_the_same_sound() -> None:
    tone = 0.5 * np.sin(2 * np.pi * 300 * np.arange(96_000) / 96_000)
    found = read_wav(pcm(tone, 96_000, bits=24, channels=2)).samples
    assert len(found) == RATE
    np.testing.assert_allclose(found[100:-100], read_wav(floating(tone, 96_000)).samples[100:-100], atol=1e-3)


@pytest.mark.parametrize("bits", [8, 16, 24])
def test_silence_is_a_sound(bits: int) -> None:
    found = read_wav(pcm(np.zeros(8000), bits=bits))
    assert not found.samples.any()
    assert not found.clipped


LARGEST = """
import struct
from rnn_core.errors import KiokuError
from rnn_core.sound.wav import MEGABYTES, read_wav

def wav(rate, bits, channels, promised, size):
    block = channels * bits // 8
    form = struct.pack("<HHIIHH", 1, channels, rate, rate * block, block, bits)
    head = b"RIFF" + struct.pack("<I", 36 + promised & 0xFFFFFFFF) + b"WAVEfmt " + struct.pack("<I", 16) + form
    return head + b"data" + struct.pack("<I", promised & 0xFFFFFFFF) + bytes(size)

MOST = (MEGABYTES * 2**20 - 64) // 60_000 * 60_000
for rate, bits, channels, promised, size in (
    (4_000, 8, 1, MOST, MOST),  # an hour and a half
    (8_000, 16, 1, 3 * 3600 * 16_000, MOST),  # a header of three hours, and less behind it
    (96_000, 24, 2, MOST, MOST),
    (8_000, 8, 60_000, MOST, MOST),
    (8_000, 16, 1, 3 * 3600 * 16_000, 3 * 3600 * 16_000),  # three hours
):
    try:
        print(len(read_wav(wav(rate, bits, channels, promised, size)).samples))
    except KiokuError as error:
        print(error.code)
# not its maximum as Python tells it, which is the parent's as long as that was larger
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")))
"""


def test_no_file_takes_more_memory_than_is_said() -> None:
    done = subprocess.run([sys.executable, "-c", LARGEST], capture_output=True, text=True, check=False)
    assert not done.stderr
    *said, kib = done.stdout.split()
    assert said[0] == said[2] == str(SECONDS * RATE)
    assert said[-1] == "wav_large"
    assert int(kib) * 1024 < 500 * 10**6
