"""Of each chapter that has one, the stored drawing: what it shows, when it stands there, and what comes after it."""

from __future__ import annotations

import base64
import subprocess
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from pages._ui import first_drawing
from pages._ui.contents import CHAPTERS
from rnn_core import KiokuError, runtime
from rnn_core.messages import text
from tests.pages.alternating import alternately
from tests.pages.opening import at_address
from tests.pages.reading import drawing, html
from tests.reading import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    from pages._ui.chapter import Chapter
    from tests.pages.conftest import Open

STORED = [row for row in CHAPTERS if row.first]
ROUNDING = 1e-4  # by which two machines may differ
SILENT = """
import sys
from rnn_core import runtime
runtime.warm_up_later = lambda seconds: None
from tests.pages.opening import at_address
for name in sys.argv[1:]:
    at = at_address(name, {"lang": "en"})
    at.context["locale"] = "en-US"
    at.run()
    drawn = [one.proto.component_name for one in at.get("bidi_component")]
    print(name, len(drawn), len(at.exception), len(at.error), "torch" in sys.modules)
"""


def name_of(chapter: Chapter) -> str:
    return chapter.first.name if chapter.first else ""


def alike(one: object, other: object) -> bool:
    """Whether both are drawn alike: all words the same, and all numbers within rounding."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(alike(value, other[key]) for key, value in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(alike, one, other))
    if isinstance(one, float) and isinstance(other, float | int):
        return abs(one - other) <= ROUNDING * max(1, abs(one))
    return one == other or (isinstance(one, str) and isinstance(other, str) and alike_packed(one, other))


def alike_packed(one: str, other: str) -> bool:
    """The same of two arrays in base64, of floats or of bytes."""
    try:
        raw = [base64.b64decode(text, validate=True) for text in (one, other)]
    except ValueError:
        return False
    if len(raw[0]) != len(raw[1]):
        return False
    floats = [np.frombuffer(each, "<f4") if len(each) % 4 == 0 else np.zeros(0) for each in raw]
    whole = [np.frombuffer(each, np.uint8).astype(int) for each in raw]
    near = bool(len(floats[0])) and np.allclose(*floats, rtol=ROUNDING, atol=ROUNDING)
    return bool(near or np.abs(whole[0] - whole[1]).max(initial=0) <= 1)


@pytest.fixture
def cold(warm: None, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A server on which nothing gets ready before somebody waits for it; when that was begun."""
    begun: list[float] = []
    state = SimpleNamespace(ready=False)
    monkeypatch.setattr(runtime, "ready", lambda: state.ready)
    monkeypatch.setattr(runtime, "warm_up_later", begun.append)
    monkeypatch.setattr(runtime, "wait", lambda _: setattr(state, "ready", True) or True)
    return begun


@pytest.mark.parametrize(("lang", "chapter"), alternately(STORED), ids=lambda one: getattr(one, "name", one))
def test_what_is_stored_is_what_the_page_draws(open_page: Open, lang: str, chapter: Chapter) -> None:
    drawn, stored = drawing(open_page(page=chapter.name, lang=lang), name_of(chapter)), first_drawing.read(chapter)
    assert set(stored) == {"ja", "en"}
    assert alike(stored[lang], drawn), "run make docs"


def test_another_number_or_word_is_not_alike() -> None:
    values = [base64.b64encode(np.array(row, "<f4").tobytes()).decode() for row in ([0.5, 1], [0.5, 1.00001], [0.5, 2])]
    assert alike({"a": [1.0, values[0]]}, {"a": [1.0, values[1]]})
    assert not alike({"a": [1.0, values[0]]}, {"a": [1.0, values[2]]})
    assert not alike({"a": "word"}, {"a": "ward"})
    assert not alike({"a": [1.0]}, {"a": [1.001]})
    assert not alike({"a": 1}, {"b": 1})


def test_no_torch_is_needed_for_it() -> None:
    """In a process of its own, as another test may have imported it."""
    names = [chapter.name for chapter in STORED]
    run = subprocess.run([sys.executable, "-c", SILENT, *names], cwd=ROOT, capture_output=True, text=True, check=False)
    said = [line.split() for line in run.stdout.splitlines()]
    assert [row[0] for row in said] == names, run.stderr
    assert {tuple(row[2:]) for row in said} == {("0", "0", "False")}
    assert all(int(row[1]) >= 2 for row in said)  # the frame's own, and the drawing


@pytest.mark.parametrize("present", ["0", "1"])
def test_on_a_cold_server_it_stands_there_and_the_rest_is_on_its_way(cold: list[float], present: str) -> None:
    at = at_address("speech", {"lang": "en", "present": present, "t": "7"}).run()
    assert alike(drawing(at, "speech"), first_drawing.read(next(row for row in STORED if row.name == "speech"))["en"])
    assert text("ui.loading", "en") in html(at)
    assert (len(at.get("plotly_chart")), len(at.exception), len(at.warning)) == (0, 0, 0)
    assert len(cold) == 1


def test_once_all_is_there_the_page_is_drawn_anew(warm: None, monkeypatch: pytest.MonkeyPatch) -> None:
    ready = iter([False])
    monkeypatch.setattr(runtime, "ready", lambda: next(ready, True))
    at = at_address("sentiment", {"lang": "en", "guess_settled": ""}).run()
    assert text("ui.loading", "en") not in html(at)
    assert at.get("plotly_chart")


def test_another_state_waits(cold: list[float]) -> None:
    at = at_address("sentiment", {"lang": "en", "cell": "gru"}).run()
    assert drawing(at, "feeling")["cell"] == "gru"
    assert at.get("plotly_chart")
    assert cold == [0]


def test_without_the_file_the_reader_is_told_and_waits(
    cold: list[float], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(first_drawing, "FOLDER", tmp_path)
    sentiment = next(row for row in STORED if row.name == "sentiment")
    whole = b"\xfd7zXZ" + bytes(20)
    for broken in (None, b"", whole, b"[404]\n"):
        if broken is not None:
            (tmp_path / "sentiment.json.xz").write_bytes(broken)
        with pytest.raises(KiokuError, match="sentiment"):
            first_drawing.read(sentiment)
    at = at_address("sentiment", {"lang": "en"}).run()
    assert len(at.warning) == 1
    assert at.get("plotly_chart")


def test_what_is_written_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(first_drawing, "FOLDER", tmp_path)
    first_drawing.write(STORED[0], {"ja": {"a": [1.5, "は"]}})
    assert first_drawing.read(STORED[0]) == {"ja": {"a": [1.5, "は"]}}


@pytest.mark.parametrize(
    ("reported", "said", "control", "taken"),
    [
        ("spot", {"step": 3}, "t", {"t": 3}),
        ("answer", {"answer": "skip"}, "guess_settled", {"guess_settled": "skip"}),
        ("threshold", {"value": 0.25}, "threshold", {"threshold": 0.25}),
        ("answer", {"answer": [1]}, "guess_settled", None),
        ("answer", {}, "guess_settled", None),
    ],
)
def test_what_the_reader_does_meanwhile_is_taken_over(
    monkeypatch: pytest.MonkeyPatch,
    reported: str,
    said: dict[str, object],
    control: str,
    taken: dict[str, object] | None,
) -> None:
    found: list[object] = []
    monkeypatch.setattr(first_drawing.controls, "take", found.append)
    monkeypatch.setattr(
        first_drawing, "heard", lambda key, name, of: said if (key, name, of) == ("k", reported, "x") else {}
    )
    first_drawing._take("k", "x", reported, control)
    assert found == ([] if taken is None else [taken])
