from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

import rnn_core as rc
from rnn_core.models import registry
from rnn_core.takeaway.script import SCRIPT_FILE, WEIGHTS_FILE, write_script
from rnn_core.takeaway.translator_script import write_translator_script
from rnn_core.translation import registry as translation
from tests.rnn_core.takeaway.running import run_alone, run_here

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.pages.conftest import Open

WORDS = ("今日", "は", "天気", "が", "良い", "ね")
HELD = {"hold": "forget_gate", "at": "3"}


def test_nothing_is_made_before_it_is_asked_for(open_page: Open, offered: dict[str, object]) -> None:
    open_page(page="cell")
    assert not offered


@pytest.mark.parametrize(("query", "run"), [({}, run_here), (HELD, run_alone)], ids=["free", "held"])
def test_the_script_and_the_weights_are_those_of_what_is_on_the_screen(
    open_page: Open, offered: dict[str, object], query: dict[str, str], run: Callable[[Path], str], tmp_path: Path
) -> None:
    at = open_page(page="cell", **query)
    at.session_state["take_whole"] = True
    at.run()
    assert not at.exception
    clamps = (rc.Clamp("forget_gate", 0.0, steps=2),) if query else ()
    spec = rc.ModelSpec(cell="lstm", hidden=16)
    trace = rc.run(spec, WORDS, clamps)
    assert offered == {
        SCRIPT_FILE: write_script(trace, clamps),
        WEIGHTS_FILE: registry.family_of(spec).weights_bytes(spec),
    }
    (tmp_path / SCRIPT_FILE).write_text(str(offered[SCRIPT_FILE]), encoding="utf-8")
    (tmp_path / WEIGHTS_FILE).write_bytes(registry.family_of(spec).weights_bytes(spec))
    *_, state = rc.QUANTITIES.of("lstm")
    lines = run(tmp_path / SCRIPT_FILE).split(f"{state.key}\n", 1)[1].splitlines()[: len(WORDS)]
    printed = np.array([[float(value) for value in line.split()[1:]] for line in lines], np.float32)
    np.testing.assert_allclose(printed, trace.layer()[state.key], atol=1e-6)


def test_the_link_opens_this_state(open_page: Open) -> None:
    at = open_page(page="cell", guess="2", **HELD)
    at.session_state["take_whole"] = True
    at.run()
    (link,) = [code.value for code in at.code]
    for part in ("guess=2", "hold=forget_gate", "at=3", "value=0.0", "unit=1"):
        assert f"{part}" in link.split("?")[1].split("&")


@pytest.mark.parametrize(
    ("query", "choose", "overrides"),
    [
        ({}, (), ()),
        ({"force": "2", "token": "コ"}, ((1, "コ"),), ()),
        ({"study": "alter", "alter": "mask", "spot": "2", "scope": "all"}, (), (rc.AttentionOverride(without=(1,)),)),
    ],
    ids=["free", "chosen", "held"],
)
def test_a_translation_is_taken_home_with_what_was_changed(
    open_page: Open, offered: dict[str, object], query: dict[str, str], choose: tuple, overrides: tuple
) -> None:
    at = open_page(page="translation", english="tokyo", guess_spelling="skip", **query)
    at.session_state["take_whole"] = True
    at.run()
    assert not at.exception
    spec = rc.TranslatorSpec(task="katakana", attention="dot", hidden=128)
    trace = rc.translate(spec, tuple("tokyo"), choose=choose, overrides=overrides)
    assert offered == {
        SCRIPT_FILE: write_translator_script(trace, choose, overrides),
        WEIGHTS_FILE: translation.family_of(spec).weights_bytes(spec),
    }
