from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pages._chapters.parallel import computed
from pages._chapters.parallel.times import LENGTHS, RACE
from rnn_core.models import scan_timing
from rnn_core.models.scan_timing import KINDS, ScanPoint
from rnn_core.stopwatch import Stopwatch
from tests.pages.reading import charts, html, keys

if TYPE_CHECKING:
    from tests.pages.conftest import Open


def test_who_opens_it_measures_and_sees_every_point(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    points = [ScanPoint(kind, words, 1e-3, 1e-3, 1, 1) for words in scan_timing.LENGTHS for kind in KINDS]
    monkeypatch.setattr(computed, "STOPWATCH", Stopwatch())
    monkeypatch.setattr(scan_timing, "measure", lambda: iter(points))
    at = open_page(page="parallel", lang="en", guess_rounds="skip", guess_stages="skip")
    assert "time_scan" not in keys(at)
    at.session_state["scan_times"] = True
    at.run()
    assert "Not measured yet" in html(at)
    assert keys(at)[-2:] == ["scan_stages", "scan_work"]
    at.button(key="scan_race_start").click().run()
    assert at.session_state[RACE.own].wait(30.0)
    at.run()
    assert not at.exception
    assert sum(len(drawn["y"]) for drawn in charts(at, "chart_time_scan")) == len(points)
    assert f"{len(points)} of {len(points)}" in html(at)


def test_it_measures_as_many_lengths_as_it_says() -> None:
    assert len(scan_timing.LENGTHS) == LENGTHS
