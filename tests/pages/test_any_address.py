"""Whatever an address says, its page is answered: no traceback, within a bound of processor time and of memory."""

from __future__ import annotations

import resource
import sys
from time import process_time
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.extremes import KINDS, candidates, written
from pages._ui.address import FRAME, MAX_TEXT, controls_of
from pages._ui.contents import CHAPTERS
from tests.pages.opening import at_address
from tests.pages.test_blank import BLANK

if TYPE_CHECKING:
    from random import Random

    from pages._ui.address import Control
    from pages._ui.chapter import Chapter

EXAMPLES = 2  # of each chapter; after a change of the pages' foundations, try 300
CPU, MIB = 10.0, 300.0  # seconds of a processor that may be busy and has just imported what it needs, and MiB
HOSTILE = (
    *BLANK.values(),
    *("<svg/onload=alert(1)>", "[a](javascript:alert(1))", "![a](https://evil.example/a)", "</style><script>", "$x$"),
    *("www.evil.com", "../../etc/passwd", "file:../x", "run:../x", "run:" + "0" * 64, "file:" + "0" * 64, "file:"),
    *("nan", "inf", "-0", "1e308", "9" * 400, "0.1", "00", "1.0", "１６", "٣", "²", "\ufffd", "\uffff", "\U0010ffff"),
    *("e\u0301" * 500, "👨‍👩‍👧‍👦" * 90, "a" * 5000, "~", "a.b~c.d", "cell~text.~~", "{}", "%s%n", "{view}", "'", "`"),
)


def told(row: Control, number: Random) -> st.SearchStrategy[str]:
    """What may stand in an address for a control: its own values, the ends of its range, and what nobody foresaw."""
    own = [*candidates(row), *(() if row.default is None else (str(row.default),))]
    if row.kind == "text":
        own = [written(one, number) for one in (*candidates(row), *(f"{kind} {MAX_TEXT}" for kind in KINDS))]
    valid = st.sampled_from(own) if own else st.nothing()
    free = st.text(max_size=30) if row.kind == "text" else st.integers().map(str) | st.floats().map(str)
    return valid | free | st.sampled_from(HOSTILE)


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda row: row.name)
@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_address_is_answered_soon_and_with_little_memory(warm: None, chapter: Chapter, data: st.DataObject) -> None:
    rows, number = controls_of(chapter), data.draw(st.randoms(use_true_random=False))
    keys = data.draw(st.sets(st.sampled_from([*FRAME, *chapter.controls]), max_size=8))
    query = {key: data.draw(told(rows[key], number), label=key) for key in sorted(keys)}
    at = at_address(chapter.name, query)
    at.session_state["more"] = True
    before, began = peak(), process_time()
    at.run()
    assert not at.exception
    assert process_time() - began < CPU
    assert peak() - before < MIB


def peak() -> float:
    """MiB that this process has held at most."""
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held / (2**20 if sys.platform == "darwin" else 2**10)
