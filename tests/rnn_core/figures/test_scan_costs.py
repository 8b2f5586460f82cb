from __future__ import annotations

import pytest

from rnn_core.figures import Theme, scan_costs
from rnn_core.messages import LANGUAGES
from rnn_core.models import scan_timing
from tests.rnn_core.figures.cases import sound, traces


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("what", ["stages", "work"])
def test_every_count_is_drawn(lang: str, what: str) -> None:
    found = scan_timing.counts()[what]
    picture = sound(scan_costs(found, what, lang=lang, theme=Theme()))
    drawn = [dict(zip(trace["x"].tolist(), trace["y"].tolist(), strict=True)) for trace in traces(picture)]
    assert sorted(map(sorted, map(dict.items, drawn))) == sorted(map(sorted, map(dict.items, found.values())))
    assert picture.key == f"scan_{what}"


def test_the_findings_say_what_is_counted() -> None:
    stages, work = (scan_costs(found, what, lang="en", theme=Theme()) for what, found in scan_timing.counts().items())
    assert stages.finding == "T = 1,024: GRU 1,024 in order, minGRU scan 11, Transformer 2."
    assert work.finding.startswith("T = 1,024: the minGRU scan does 1.1")
