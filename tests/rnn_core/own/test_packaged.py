from __future__ import annotations

import sys

import pytest

from rnn_core import KiokuError
from rnn_core.own import packaged
from rnn_core.own.packaged import find_packaged
from rnn_core.segmentation.model import segmenter


def test_the_voice_detector_is_read_from_its_package_without_importing_it() -> None:
    file = find_packaged("file:silero")
    (part,) = file.parts
    assert (part.prefix, part.cell, part.inputs, part.units) == ("lstm_cell", "lstm", 128, 128)
    assert (file.licence, "silero_vad" in sys.modules) == ("MIT", False)
    assert "stft_conv.weight" in file.ignored


def test_the_segmenter_is_the_one_that_reads_sentences() -> None:
    (module,) = find_packaged("file:nagisa").modules
    assert module is segmenter().recurrent


@pytest.mark.parametrize("name", ["file:other", "file:" + "0" * 64])
def test_what_no_package_ships_is_refused(name: str) -> None:
    with pytest.raises(KiokuError) as caught:
        find_packaged(name)
    assert caught.value.code == "source_file"


def test_a_package_that_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packaged, "find_spec", lambda _: None)
    with pytest.raises(KiokuError, match="silero-vad"):
        find_packaged.__wrapped__("file:silero")
