"""Store the characters that networks of kaomoji know: `python -m rnn_core.tasks.kaomoji`."""

from __future__ import annotations

import json
from pathlib import Path

from rnn_core.tasks.kaomoji.corpus import count_characters, split

if __name__ == "__main__":
    stored = json.dumps(count_characters(split().train), ensure_ascii=False)
    (Path(__file__).parent / "alphabet.json").write_text(stored + "\n", encoding="utf-8")
