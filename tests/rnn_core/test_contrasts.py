"""Prepared contrasts are read without torch, and their absence is no error."""

from __future__ import annotations

import subprocess
import sys

from rnn_core import contrasts


def test_it_is_read_without_torch() -> None:
    code = "import sys; from rnn_core.contrasts import forgotten; assert forgotten(); assert 'torch' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_without_weights_there_is_none(monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(contrasts, "MANIFEST", tmp_path / "manifest.json")
    contrasts.forgotten.cache_clear()
    assert contrasts.forgotten() is None
    contrasts.forgotten.cache_clear()
