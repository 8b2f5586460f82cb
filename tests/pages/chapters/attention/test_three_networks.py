from __future__ import annotations

from pages._chapters.attention import CHAPTER
from pages._chapters.attention.three_networks import KINDS, spec, typed
from pages._ui.address import CONTROLS, controls_of

STATE = {key: row.default for key, row in controls_of(CHAPTER).items()}


def test_the_three_are_what_can_be_chosen_and_differ_in_attention_alone() -> None:
    assert CONTROLS["attention"].options == KINDS
    specs = [spec(STATE, kind) for kind in KINDS]
    assert [one.attention for one in specs] == list(KINDS)
    assert len({one.model_copy(update={"attention": "none"}) for one in specs}) == 1
    assert spec(STATE) == spec(STATE, str(STATE["attention"]))


def test_what_is_read_belongs_to_the_task() -> None:
    assert typed(STATE | {"task": "names"}) == CONTROLS["names"].default
    assert typed(STATE) == CONTROLS["text"].default
