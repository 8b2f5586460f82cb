"""The stored drawings with which chapters open, drawn anew by the app: `python -m docs.first_drawings`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from streamlit.testing.v1 import AppTest

from pages._ui import first_drawing
from pages._ui.address import serialize
from pages._ui.chapter import ROOT
from pages._ui.contents import CHAPTERS
from rnn_core import runtime
from rnn_core.messages import LANGUAGES

if TYPE_CHECKING:
    from pages._ui.chapter import Chapter

PATIENCE = 120  # seconds
STORED = tuple(row for row in CHAPTERS if row.first)


def main() -> None:
    """Write a file a chapter."""
    runtime.warm_up()
    for chapter in STORED:
        first_drawing.write(chapter, {lang: draw(chapter, lang) for lang in LANGUAGES})


def draw(chapter: Chapter, lang: str) -> Any:
    """What the browser is given to draw where the chapter opens."""
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE)
    at.run()
    at.query_params.clear()  # what the first page has written there
    at.query_params.update(
        serialize({"lang": lang, **first_drawing.opening_state(chapter)}, ("lang", *chapter.controls))
    )
    at.switch_page(str(chapter.script)).run()
    name = f"kioku_{chapter.first.name if chapter.first else ''}"
    protos = [one.proto for one in at.get("bidi_component")]
    return json.loads(next(one.json for one in protos if one.component_name.endswith(name)))[0]


if __name__ == "__main__":
    main()
