from __future__ import annotations

import base64
import json
import re
from typing import TYPE_CHECKING

import numpy as np
import pytest

import rnn_core as rc
from pages._chapters.compare import computed
from pages._ui import cache
from pages._ui.address import CONTROLS
from rnn_core import contrasts, lineup, order
from rnn_core.messages import LANGUAGES, catalogue, text
from rnn_core.models import registry
from rnn_core.models.family import count_parameters
from rnn_core.quantities import CELLS
from rnn_core.specs import ResponderSpec, TransformerSpec
from rnn_core.statistics.intervals import wilson
from rnn_core.tasks import smalltalk
from tests.pages.reading import alt, chart, charts, drawing, html, keys, plain
from tests.pages.trying import changes

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from tests.pages.conftest import Open

WORDS = ("今日", "は", "天気", "が", "良い", "ね")
INSTEAD = str(CONTROLS["instead"].default)
MAPS = [f"influence_{cell}" for cell in lineup.NETWORKS]
SKIP = {"guess_persistence": "skip"}
SPECS: tuple[lineup.Compared, ...] = (
    *(rc.ModelSpec(cell=cell, hidden=16) for cell in CELLS),
    ResponderSpec(kind="bidirectional", hidden=8),
    ResponderSpec(kind="attentive", hidden=16),
    TransformerSpec(hidden=16),
)


def said(at: AppTest) -> str:
    return re.sub("</?(span|sup)[^>]*>", "", html(at).partition("<style>")[0])


def rows(at: AppTest) -> list[dict]:
    found = drawing(at, "network_rows")["networks"]
    assert isinstance(found, list)
    return found


def unpacked(row: dict, name: str) -> np.ndarray:
    return np.frombuffer(base64.b64decode(row[name]), "<f4")


def totals(at: AppTest) -> list[int]:
    return [row["parameters"] for row in rows(at)]


def reply(at: AppTest, row: dict) -> str:
    outputs = drawing(at, "network_rows")["outputs"]
    assert isinstance(outputs, list)
    return str(outputs[row["next"][-1]]["text"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_opens_with_the_drawing_and_its_question(open_page: Open, lang: str) -> None:
    at = open_page(page="compare", lang=lang)
    drawn = drawing(at, "network_rows")
    assert (drawn["answer"], drawn["right"]) == (None, smalltalk.right_reply(WORDS))
    assert [row["cell"] for row in rows(at)] == [*lineup.NETWORKS]
    assert keys(at) == []
    for name in ("question", "lead"):
        assert text(f"compare.{name}", lang) in said(at)
    for gives_away in ("principle", "back", "all"):
        assert text(f"compare.{gives_away}", lang) not in said(at)
    assert [one.key for one in at.button if one.key == "measure_times"] == []
    assert not at.error
    assert not at.warning


def test_the_drawing_has_what_the_networks_compute(open_page: Open) -> None:
    at = open_page(page="compare", **SKIP)
    changed = order.replaced(WORDS, 0, INSTEAD)
    for row, spec in zip(rows(at), SPECS, strict=True):
        trace, twin = (registry.run(spec, words) for words in (WORDS, changed))
        states, others = (one.layers.layers[-1][0]["hidden_state"] for one in (trace, twin))
        np.testing.assert_array_equal(unpacked(row, "states"), states.ravel())
        gap = lineup.rms_difference(states, others)
        np.testing.assert_allclose(unpacked(row, "gap"), gap, rtol=1e-6)
        read = lineup.rms_difference(*(lineup.read_by_reply(spec.cell, values) for values in (states, others)))
        assert row["left"] == float(read[0]) / float(gap[0])
        np.testing.assert_allclose(
            unpacked(row, "influence"), registry.input_influence(spec, WORDS)[-1], rtol=1e-5, atol=1e-9
        )
        assert reply(at, row) == trace.reply.text
        assert row["accuracy"]["right"] / row["accuracy"]["total"] == pytest.approx(cache.accuracy(spec), abs=1e-12)
        assert (row["times"], row["ended"]) == (None, spec.cell in lineup.AT_THE_END)


def test_below_stand_the_gradient_and_folded_the_maps_and_the_table(open_page: Open) -> None:
    at = open_page(page="compare", lang="en", **SKIP)
    assert keys(at) == ["gradient_norms"]
    for name in ("principle", "back"):
        assert text(f"compare.{name}", "en") in said(at)
    assert text("compare.column.units", "en") not in re.findall("<th[^>]*>(.*?)</th>", html(at))


def test_the_influence_of_each_word_is_a_fold_away(open_page: Open) -> None:
    at = open_page(page="compare", **SKIP)
    at.session_state["maps"] = True
    at.run()
    assert keys(at) == ["gradient_norms", *MAPS]
    later = np.triu_indices(len(WORDS), 1)
    for row, spec in zip(rows(at), SPECS, strict=True):
        found = chart(at, f"chart_influence_{spec.cell}")
        np.testing.assert_allclose(found["customdata"], registry.input_influence(spec, WORDS), rtol=1e-6)
        np.testing.assert_allclose(unpacked(row, "influence"), found["customdata"][-1], rtol=1e-5, atol=1e-9)
        drawn = np.isfinite(found["z"][later])  # only what may move a state is coloured
        assert drawn.all() if spec.cell == "bidirectional" else not drawn.any()


def test_the_replies_are_those_of_the_contrast(open_page: Open) -> None:
    case = contrasts.forgotten()
    at = open_page(page="compare", text="".join(case.words), **SKIP)
    replies = {row["cell"]: reply(at, row) for row in rows(at)}
    assert (replies["rnn"], replies["lstm"]) == (case.instead, case.reply)
    assert drawing(at, "network_rows")["right"] == case.reply


@pytest.mark.parametrize(("query", "far"), [({"fair": "units", "hidden": "16"}, "9.0"), ({"fair": "parameters"}, "")])
def test_what_is_equal_is_said(open_page: Open, query: dict[str, str], far: str) -> None:
    at = open_page(page="compare", lang="en", **query)
    low, high = min(totals(at)), max(totals(at))
    if far:
        assert text("compare.sizes.units", "en", units=16, low=f"{low:,}", high=f"{high:,}", ratio=far) in said(at)
    else:
        assert text("compare.sizes.parameters", "en", low=f"{low:,}", high=f"{high:,}", more="8%") in said(at)


@pytest.mark.parametrize("budget", [*map(str, lineup.BUDGETS)])
def test_about_equal_parameters_are_ten_per_cent_apart_at_most(open_page: Open, budget: str) -> None:
    at = open_page(page="compare", fair="parameters", budget=budget)
    assert max(totals(at)) / min(totals(at)) <= 1.1
    assert all(abs(total / int(budget) - 1) < 0.1 for total in totals(at))


@pytest.mark.parametrize("words", [WORDS[:1], (WORDS * 10)])
def test_one_word_and_sixty_are_drawn_whole(open_page: Open, words: tuple[str, ...]) -> None:
    at = open_page(page="compare", text="".join(words), fair="parameters", **SKIP)
    assert not at.error
    for row in rows(at):
        assert len(unpacked(row, "gap")) == len(unpacked(row, "influence")) == len(row["next"]) == len(words)
        assert np.isfinite(unpacked(row, "influence")).all()


def test_the_maps_share_one_scale(open_page: Open) -> None:
    at = open_page(page="compare", **SKIP)
    at.session_state["maps"] = True
    at.run()
    ends = {tuple(float(chart(at, f"chart_{name}")[end]) for end in ("zmin", "zmax")) for name in MAPS}
    assert len(ends) == 1


def test_the_error_is_said_to_be_left_most_and_least_where_it_is(open_page: Open) -> None:
    at = open_page(page="compare", lang="en", **SKIP)
    norms = {
        str(trace["name"]): trace["customdata"] for trace in charts(at, "chart_gradient_norms") if "customdata" in trace
    }
    left = {name: values[0] / values[-1] for name, values in norms.items() if "<i>" not in name}
    assert len(left) == len(lineup.NETWORKS)
    most, least = (best(left, key=left.__getitem__) for best in (max, min))
    assert re.search(f"left in the {most} .*, least in the {least} ", alt(at, "chart_gradient_norms"))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("fair", "parameters"),
        ("hidden", "32"),
        ("text", "今日は暑い"),
        ("weights", "fresh"),
        ("instead", "明日"),
        ("t", "3"),
        ("guess_persistence", "2"),
    ],
)
def test_every_control_changes_the_drawing(open_page: Open, key: str, value: str) -> None:
    changes(open_page, {"page": "compare"} | SKIP, key, value, read=lambda at: json.dumps(drawing(at, "network_rows")))


def test_the_budget_changes_the_networks(open_page: Open) -> None:
    changes(open_page, {"page": "compare", "fair": "parameters"}, "budget", "5800", read=totals)


def test_the_seed_changes_untrained_weights_which_have_no_accuracy(open_page: Open) -> None:
    one, other = (open_page(page="compare", weights="fresh", seed=seed) for seed in ("0", "1"))
    assert rows(one)[2]["states"] != rows(other)[2]["states"]
    assert {row["accuracy"] for row in rows(one)} == {None}
    assert text("compare.random.lead", "ja") in plain(one)
    assert text("compare.lead", "ja") not in plain(one)


def test_a_guess_reveals_what_waits_and_its_verdict_is_of_what_is_left(open_page: Open) -> None:
    at = open_page(page="compare", lang="en", guess_persistence="1")
    assert drawing(at, "network_rows")["answer"] == 1
    assert keys(at) == ["gradient_norms"]
    left = {row["cell"]: row["left"] for row in rows(at)}
    for row in rows(at):
        assert row["verdict"] == f"verdict_{lineup.judge_share(left, row['cell'])}"
    assert "verdict_right" in {row["verdict"] for row in rows(at)}


@pytest.mark.parametrize(
    ("key", "value"),
    [("text", "今日は暑い"), ("instead", "明日"), ("fair", "parameters"), ("hidden", "32"), ("weights", "fresh")],
)
def test_with_other_settings_it_is_asked_again(open_page: Open, key: str, value: str) -> None:
    at = open_page(page="compare", guess_persistence="2")
    at.session_state[key] = int(value) if value.isdigit() else value
    at.run()
    assert drawing(at, "network_rows")["answer"] is None
    assert at.session_state["guess_persistence"] is None
    assert keys(at) == []


@pytest.mark.parametrize("query", [{"text": "今日"}, {"instead": "今日"}])
def test_what_has_no_answer_is_not_asked(open_page: Open, query: dict[str, str]) -> None:
    at = open_page(page="compare", lang="en", **query)
    assert not at.exception
    assert keys(at) == ["gradient_norms"]


def test_the_table_has_what_was_measured_and_can_be_taken(open_page: Open) -> None:
    at = open_page(page="compare", lang="en", **SKIP)
    at.session_state["measured"] = True
    at.run()
    table = re.sub(" +", " ", html(at))
    for spec in SPECS:
        assert f"<td>{count_parameters(registry.family_of(spec).load(spec)):,}</td>" in table
        right, sentences = computed.accuracy(spec) or (0, 0)
        (low,), (high,) = wilson([right], [sentences])
        assert f"{right / sentences:.1%} ({100 * low:.1f} to {100 * high:.1f})" in table
    assert table.count("<td>そうだね! (Yes, it is!)</td>") == len(lineup.NETWORKS)
    assert table.count("<td>replies only</td>") == 2
    assert at.get("download_button")
    assert text("compare.column.time", "en") not in table


def test_what_guessing_reaches_is_in_sight(open_page: Open) -> None:
    at = open_page(page="compare", lang="en")
    assert "Always the most frequent reply: 9.1% correct (7.9 to 10.6%, n = 1,754). A random reply: 1.5%." in said(at)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"instead": "ぬるぽ"}, "compare.unknown"),
        ({"instead": "猫が"}, "compare.first_of"),
        ({"instead": " "}, "compare.no_other"),
        ({"t": "9"}, "ui.step"),
        ({"fair": "money"}, "controls.notice.option"),
        ({"guess_persistence": "7"}, "controls.notice.place"),
    ],
)
def test_what_can_t_be_used_is_said(open_page: Open, query: dict[str, str], message: str) -> None:
    at = open_page(page="compare", lang="en", **(SKIP | query))
    pattern = re.sub(r"\\{\w+\\}", ".*", re.escape(catalogue("en")[message]))
    assert any(re.fullmatch(pattern, warning.value) for warning in at.warning), [one.value for one in at.warning]
    assert len(rows(at)) == len(lineup.NETWORKS)


def test_unknown_words_are_explained_and_nothing_to_read_is_an_error(open_page: Open) -> None:
    at = open_page(page="compare", text="ぬるぽ", **SKIP)
    assert "ぬる" in said(at)
    assert not at.error
    assert open_page(page="compare", text=" ").error


def test_the_prepared_contrast_sets_what_it_needs_and_says_so(open_page: Open) -> None:
    case = contrasts.forgotten()
    at = open_page(page="compare", fair="parameters", budget="5800", hidden="32", lang="en", guess_persistence="1")
    at.button(key="contrast_first_word").click().run()
    assert not at.exception
    assert at.text_input(key="text").value == "".join(case.words)
    assert at.text_input(key="instead").value == case.twin[0]
    state = [at.session_state[key] for key in ("fair", "budget", "hidden")]
    assert state == ["parameters", 5800, 32], "what it need not change stays"
    assert at.session_state["guess_persistence"] is None
    assert f"{text('controls.instead.label', 'en')}: {case.twin[0]}" in said(at)
