from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pytest

import rnn_core as rc
from pages._ui.words import formula
from rnn_core import figures, forgetting
from rnn_core.messages import LANGUAGES, text
from rnn_core.quantities import CELLS
from rnn_core.statistics import comparison
from tests.pages.reading import chart, html

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from rnn_core.models.model_trace import ModelTrace
    from tests.pages.conftest import Open

WORDS = ("今日", "は", "天気", "が", "良い", "ね")
STATE = rc.QUANTITIES.state("lstm").key


def run(cell: str, *clamps: rc.Clamp, words: tuple[str, ...] = WORDS) -> ModelTrace:
    return rc.run(rc.ModelSpec(cell=cell, hidden=16), words, clamps)


def state(trace: ModelTrace) -> np.ndarray:
    return trace.layer()[STATE]


def findings(at: AppTest) -> list[str]:
    return re.findall(r'<p class="finding"[^>]*>(.*?)</p>', html(at))


@pytest.mark.parametrize(("cell", "key"), [(cell, row.key) for cell in CELLS for row in rc.QUANTITIES.of(cell)])
def test_any_quantity_can_be_held(open_page: Open, cell: str, key: str) -> None:
    at = open_page(page="cell", cell=cell, hold=key, value="0.5", at="3", over="2")
    after = run(cell, rc.Clamp(key, 0.5, units=1, steps=2))
    np.testing.assert_array_equal(chart(at, f"chart_{STATE}_clamped")["z"], state(after).T)
    before = state(run(cell))
    np.testing.assert_array_equal(chart(at, f"chart_{STATE}")["z"], before.T)
    apart = chart(at, f"chart_difference_{STATE}_clamped")["y"]
    np.testing.assert_array_equal(apart, comparison.distance(before, state(after)))


@pytest.mark.parametrize(("hold_at", "steps"), [("all", None), ("6", 5)])
@pytest.mark.parametrize(("over", "units"), [("all", None), ("3", 2)])
def test_all_or_the_chosen_ones_are_held(
    open_page: Open, hold_at: str, steps: int | None, over: str, units: int | None
) -> None:
    key = forgetting.CARRIES["lstm"][0]
    at = open_page(page="cell", hold=key, value="0.25", at=hold_at, over=over)
    after = run("lstm", rc.Clamp(key, 0.25, units=units, steps=steps))
    np.testing.assert_array_equal(chart(at, f"chart_{STATE}_clamped")["z"], state(after).T)


@pytest.mark.parametrize("quantity", [row.key for row in rc.QUANTITIES.of("lstm")])
def test_both_sides_are_on_one_scale(open_page: Open, quantity: str) -> None:
    at = open_page(page="cell", quantity=quantity, hold=forgetting.CARRIES["lstm"][0])
    sides = [chart(at, f"chart_{quantity}{suffix}") for suffix in ("", "_clamped")]
    assert len({(float(side["zmin"]), float(side["zmax"])) for side in sides}) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("cell", CELLS)
def test_the_contrast_is_a_click_away_and_so_is_the_way_back(open_page: Open, cell: str, lang: str) -> None:
    at = open_page(
        page="cell", lang=lang, cell=cell, text="犬が人を噛む", hidden="32", weights="fresh", at="4", over="5"
    )
    at.button(key=f"contrast_{cell}").click().run()
    assert not at.exception
    quantity, step = forgetting.CARRIES[cell]
    assert at.query_params["text"] == "".join(forgetting.WORDS)
    assert [at.query_params[key] for key in ("t", "at", "hold")] == [str(step + 1), str(step + 1), quantity]
    assert at.query_params["hidden"] == "32"  # kept, since the reply is another one at this size too
    spec = rc.ModelSpec(cell=cell, hidden=32)
    before, after = (rc.run(spec, forgetting.WORDS, clamps) for clamps in ((), (forgetting.shut(cell),)))
    assert findings(at)[0].endswith(formula(figures.reply_change(before, after, lang=lang)))
    assert forgetting.WORDS[step] in findings(at)[0]
    assert text("ui.contrast_set", lang, settings="X").split("X")[0] in html(at)
    at.button(key="release").click().run()
    assert at.query_params["hold"] == "none"
    assert not [proto for proto in at.get("plotly_chart") if proto.proto.id.endswith("_clamped")]


def test_the_contrast_sets_a_size_only_where_the_reply_would_not_change(open_page: Open) -> None:
    for cell, hidden in (("lstm", "16"), ("gru", "64"), ("rnn", "64")):
        at = open_page(page="cell", cell=cell, hidden="64")
        at.button(key=f"contrast_{cell}").click().run()
        assert at.query_params["hidden"] == hidden


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_value_that_a_gate_cannot_have_is_replaced_and_said(open_page: Open, lang: str) -> None:
    key = forgetting.CARRIES["lstm"][0]
    at = open_page(page="cell", lang=lang, hold=key, value="-0.5")
    name = text(f"quantities.{key}.name", lang)
    beyond = text("what_if.beyond", lang, name=name, given="−0.50", low="0", high="1")
    assert [warning.value for warning in at.warning] == [beyond]
    assert at.query_params["value"] == "0.0"
    np.testing.assert_array_equal(chart(at, f"chart_{STATE}_clamped")["z"], state(run("lstm", rc.Clamp(key, 0.0))).T)
    at.slider(key="value").set_value(0.4).run()
    assert at.query_params["value"] == "0.4"
    assert not at.warning


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_slider_of_a_gate_says_what_its_ends_do(open_page: Open, lang: str) -> None:
    label = open_page(page="cell", lang=lang, hold="forget_gate").slider(key="value").label
    assert all(text(f"quantities.forget_gate.{end}", lang) in label for end in ("low", "high"))
    assert open_page(page="cell", lang=lang, hold=STATE).slider(key="value").label == text("controls.value.label", lang)


def test_going_from_a_state_to_a_gate_keeps_the_page_whole(open_page: Open) -> None:
    at = open_page(page="cell", hold=STATE, value="-0.5")
    assert at.slider(key="value").value == -0.5
    at.selectbox(key="hold").set_value(forgetting.CARRIES["lstm"][0]).run()
    assert not at.exception
    assert at.slider(key="value").value == 0.0
    at.slider(key="value").set_value(0.5).run()
    at.selectbox(key="hold").set_value(STATE).run()
    assert at.slider(key="value").value == 0.5
    assert at.query_params["value"] == "0.5"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_the_cell_lacks_is_not_held_and_that_is_said(open_page: Open, lang: str) -> None:
    key = forgetting.CARRIES["lstm"][0]
    at = open_page(page="cell", lang=lang, cell="rnn", hold=key)
    name, nothing = text(f"quantities.{key}.name", lang), text("what_if.nothing", lang)
    assert text("cell.absent", lang, cell="RNN", name=name, instead=nothing) in html(at)
    assert at.selectbox(key="hold").value == at.query_params["hold"] == "none"
    assert len(at.get("plotly_chart")) == 2


@pytest.mark.parametrize("sentence", ["犬", "今日は暑い"])
@pytest.mark.parametrize("last", [False, True])
def test_the_first_and_the_last_step(open_page: Open, sentence: str, last: bool) -> None:
    words = {"犬": ("犬",), "今日は暑い": ("今日", "は", "暑い")}[sentence]
    step = len(words) - 1 if last else 0
    at = open_page(page="cell", text=sentence, hold=STATE, at=str(step + 1), value="1")
    after = state(run("lstm", rc.Clamp(STATE, 1.0, steps=step), words=words))
    np.testing.assert_array_equal(chart(at, f"chart_{STATE}_clamped")["z"], after.T)
    assert (after[step] == 1).all()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("key", "last"), [("at", 6), ("over", 16)])
def test_beyond_the_last_word_or_unit_all_are_held_and_that_is_said(
    open_page: Open, lang: str, key: str, last: int
) -> None:
    at = open_page(page="cell", lang=lang, hold=STATE, **{key: "40"})
    assert [warning.value for warning in at.warning] == [text(f"what_if.{key}", lang, given=40, last=last)]
    assert at.query_params[key] == "all"
    np.testing.assert_array_equal(chart(at, f"chart_{STATE}_clamped")["z"], state(run("lstm", rc.Clamp(STATE, 0.0))).T)


def names(at: AppTest, key: str) -> list[str]:
    """What the options of a control are called, without the space that keeps Streamlit from looking for an emoji."""
    return [option.strip() for option in at.segmented_control(key=key).options]


def test_what_is_held_stays_where_it_is_while_the_reader_moves_on(open_page: Open) -> None:
    at = open_page(page="cell", hold=STATE, at="3", t="5", over="2", unit="7")
    assert names(at, "at") == ["すべての単語", "「天気」", "「良い」"]
    assert names(at, "over") == ["すべて", "ユニット 2", "ユニット 7"]
    after = state(run("lstm", rc.Clamp(STATE, 0.0, steps=2, units=1)))
    np.testing.assert_array_equal(chart(at, f"chart_{STATE}_clamped")["z"], after.T)
    at.segmented_control(key="at").set_value(5).run()
    assert at.query_params["at"] == "5"
    assert names(at, "at") == ["すべての単語", "「良い」"]


def test_a_clamp_at_the_value_it_had_changes_nothing_on_the_screen(open_page: Open) -> None:
    """The cell state before the first word is 0, so what is kept of it is 0 whatever the gate says."""
    (kept, _) = rc.QUANTITIES["cell_state"].forms["lstm"].parts
    at = open_page(page="cell", hold=kept, value="0", at="1")
    one, other = (chart(at, f"chart_{STATE}{suffix}")["z"] for suffix in ("", "_clamped"))
    np.testing.assert_allclose(one, other, atol=1e-6)
    assert text("figures.difference.none", "ja", name=text(f"quantities.{STATE}.name", "ja")) in html(at)
    assert text("reply_change.same", "ja") in findings(at)[0]
