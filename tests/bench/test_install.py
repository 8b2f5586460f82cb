from pathlib import Path

from bench.install import fetched


def test_what_pip_took_is_added_up(tmp_path: Path) -> None:
    wheel = tmp_path / "torch-2.0+cpu.whl"
    wheel.write_bytes(b"0" * 700)
    told = f"""Collecting a==1
  Downloading a-1-py3-none-any.whl.metadata (300 bytes)
Downloading https://example.org/whl/a-1-py3-none-any.whl (1.5 kB)
     ━━━━━━━━━━━ 1.5/1.5 kB 16.4 MB/s eta 0:00:00
  Downloading b-1-cp311-manylinux_2_28_x86_64.whl (2.0 MB)
Processing {wheel} (from -r requirements.lock (line 3))
Processing {wheel}
Requirement already satisfied: c in ./.venv/lib (from b) (4.3.1)
"""
    assert fetched(told) == 300 + 1500 + 2e6 + 2 * 700
