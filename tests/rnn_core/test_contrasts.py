"""Prepared contrasts are read without torch, and what is said where they are missing."""

from __future__ import annotations

import subprocess
import sys

import pytest

from rnn_core import KiokuError, contrasts


def test_it_is_read_without_torch() -> None:
    code = "import sys; from rnn_core.contrasts import forgotten; assert forgotten(); assert 'torch' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_without_the_manifest_it_is_said_what_to_do(monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(contrasts, "MANIFEST", tmp_path / "manifest.json")
    contrasts.forgotten.cache_clear()
    with pytest.raises(KiokuError, match=r"no file manifest\.json\. Run .*make models"):
        contrasts.forgotten()
