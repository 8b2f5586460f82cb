from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import numpy as np
import pytest

import rnn_core as rc
from pages._chapters.compare import computed, networks
from pages._ui import cache
from pages._ui.address import CONTROLS
from rnn_core import contrasts, lineup, order
from rnn_core.figures import margins
from rnn_core.messages import LANGUAGES, catalogue, text
from rnn_core.models import registry
from rnn_core.models.family import count_parameters
from rnn_core.quantities import CELLS
from rnn_core.specs import ResponderSpec, TransformerSpec
from rnn_core.statistics.intervals import wilson
from tests.pages.reading import alt, chart, charts, drawing, html, keys, picture
from tests.pages.trying import changes

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from tests.pages.conftest import Open

WORDS = ("今日", "は", "天気", "が", "良い", "ね")
STATES, MAPS, NEXT = (
    [f"{name}_{cell}" for cell in lineup.NETWORKS] for name in ("hidden_state", "influence", "next_word")
)
ANSWERS = ("difference", "gradient_norms")  # what waits for the guess
SKIP = {"guess_persistence": "skip"}
OTHERS = {
    "bidirectional": ResponderSpec(kind="bidirectional", hidden=8),
    "attentive": ResponderSpec(kind="attentive", hidden=16),
    "transformer": TransformerSpec(hidden=16),
}


def said(at: AppTest) -> str:
    return re.sub("</?(span|sup)[^>]*>", "", html(at).partition("<style>")[0])


def totals(at: AppTest) -> list[int]:
    """The parameters of each network, as the page says them."""
    found = [
        int(total.replace(",", "")) for total in re.findall(r"(?:parameters: |パラメータ )([0-9,]+)(?:;| 個)", said(at))
    ]
    assert len(found) == len(lineup.NETWORKS)
    return found


def run(cell: str, words: tuple[str, ...] = WORDS, hidden: int = 16) -> np.ndarray:
    return rc.run(rc.ModelSpec(cell=cell, hidden=hidden), words).layer()["hidden_state"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_six_networks_read_one_sentence(open_page: Open, lang: str) -> None:
    at = open_page(page="compare", lang=lang, **SKIP)
    assert set(keys(at)) == {*STATES, *ANSWERS}, "eight pictures"
    for name in ("question", "lead", "principle", "inside", "predict", "back", "says", "all"):
        assert text(f"compare.{name}", lang) in said(at)
    for cell in CELLS:
        np.testing.assert_array_equal(chart(at, f"chart_hidden_state_{cell}")["z"], run(cell).T)
    for cell, spec in OTHERS.items():
        trace = registry.run(spec, WORDS) if isinstance(spec, ResponderSpec) else rc.run(spec, WORDS)
        np.testing.assert_array_equal(chart(at, f"chart_hidden_state_{cell}")["z"], trace.layers.output.T)
    assert ("weather" in said(at)) == (lang == "en")
    assert not at.error
    assert not at.warning


def test_the_influence_of_each_word_is_a_switch_away(open_page: Open) -> None:
    at = open_page(page="compare", measure="influence", **SKIP)
    assert set(keys(at)) == {*STATES, *MAPS, "difference"}
    for cell in CELLS:
        model = registry.RECURRENT.load(rc.ModelSpec(cell=cell, hidden=16))
        embedding = rc.run(rc.ModelSpec(cell=cell, hidden=16), WORDS).embedding
        found = chart(at, f"chart_influence_{cell}")["customdata"]
        np.testing.assert_allclose(found, rc.influence(model.recurrent, embedding), rtol=1e-6)
    for cell, spec in OTHERS.items():
        expected = registry.input_influence(spec, WORDS)
        np.testing.assert_allclose(chart(at, f"chart_influence_{cell}")["customdata"], expected, rtol=1e-6)


def test_next_words_are_drawn_where_the_networks_differ(open_page: Open) -> None:
    alike = open_page(page="compare", lang="en", **SKIP)
    assert not set(NEXT) & set(keys(alike))
    assert "all 6 “そうだね!” (Yes, it is!)" in said(alike)
    case = contrasts.forgotten()
    apart = open_page(page="compare", text="".join(case.words), **SKIP)
    assert set(NEXT) <= set(keys(apart))
    replies = {cell: chart(apart, f"chart_next_word_{cell}")["y"][0] for cell in ("rnn", "lstm")}
    assert replies == {"rnn": case.instead, "lstm": case.reply}


def test_only_what_may_move_a_state_is_coloured(open_page: Open) -> None:
    at = open_page(page="compare", measure="influence", **SKIP)
    later = np.triu_indices(len(WORDS), 1)
    for cell in lineup.NETWORKS:
        drawn = np.isfinite(chart(at, f"chart_influence_{cell}")["z"][later])
        assert drawn.all() if cell == "bidirectional" else not drawn.any()


@pytest.mark.parametrize(("query", "far"), [({"fair": "units", "hidden": "16"}, "9.0"), ({"fair": "parameters"}, "")])
def test_what_is_equal_and_what_each_learned_is_said(open_page: Open, query: dict[str, str], far: str) -> None:
    at = open_page(page="compare", lang="en", **query)
    low, high = min(totals(at)), max(totals(at))
    if far:
        assert text("compare.sizes.units", "en", units=16, low=f"{low:,}", high=f"{high:,}", ratio=far) in said(at)
    else:
        assert text("compare.sizes.parameters", "en", low=f"{low:,}", high=f"{high:,}", more="8%") in said(at)
    assert said(at).count("trained on replies only") == 2
    assert said(at).count("trained on next words and replies") == 4


@pytest.mark.parametrize("budget", [*map(str, lineup.BUDGETS)])
def test_about_equal_parameters_are_ten_per_cent_apart_at_most(open_page: Open, budget: str) -> None:
    at = open_page(page="compare", fair="parameters", budget=budget)
    assert max(totals(at)) / min(totals(at)) <= 1.1
    assert all(abs(total / int(budget) - 1) < 0.1 for total in totals(at))


@pytest.mark.parametrize("words", [WORDS, WORDS[:1], (WORDS * 10)])
def test_what_is_compared_shares_one_scale(open_page: Open, words: tuple[str, ...]) -> None:
    at = open_page(page="compare", text="".join(words), fair="parameters", measure="influence", **SKIP)
    for name in ("hidden_state", "influence"):
        ends = {
            tuple(float(chart(at, f"chart_{name}_{cell}")[end]) for end in ("zmin", "zmax")) for cell in lineup.NETWORKS
        }
        assert len(ends) == 1
        assert {chart(at, f"chart_{name}_{cell}")["z"].shape[1] for cell in lineup.NETWORKS} == {len(words)}
    assert not at.error


def test_each_on_its_own_scale_is_a_fold_away(open_page: Open) -> None:
    at = open_page(page="compare", lang="en", guess_persistence="skip")
    assert not any(key.endswith("_alone") for key in keys(at))
    at.session_state["alone"] = True
    at.run()
    for cell in lineup.NETWORKS:
        own = chart(at, f"chart_hidden_state_{cell}_alone")
        np.testing.assert_array_equal(own["z"], chart(at, f"chart_hidden_state_{cell}")["z"])
        assert own["zmax"] == 1 if cell in CELLS else own["zmax"] >= 1
    assert chart(at, "chart_hidden_state_transformer_alone")["zmax"] > 3
    assert text("compare.alone_method", "en") in said(at)


def test_the_error_is_said_to_be_left_most_and_least_where_it_is(open_page: Open) -> None:
    at = open_page(page="compare", lang="en", guess_persistence="skip")
    norms = {
        str(trace["name"]): trace["customdata"] for trace in charts(at, "chart_gradient_norms") if "customdata" in trace
    }
    left = {name: values[0] / values[-1] for name, values in norms.items() if "<i>" not in name}
    assert len(left) == len(lineup.NETWORKS)
    most, least = (best(left, key=left.__getitem__) for best in (max, min))
    assert re.search(f"left in the {most} .*, least in the {least} ", alt(at, "chart_gradient_norms"))


def test_bars_of_one_length_are_one_number(open_page: Open) -> None:
    at = open_page(page="compare", lang="en", text="".join(contrasts.forgotten().words), **SKIP)
    left = {json.loads(picture(at, f"chart_next_word_{cell}"))["layout"]["margin"]["l"] for cell in lineup.NETWORKS}
    room = {margins.beside(json.loads(picture(at, f"chart_next_word_{cell}"))["layout"]) for cell in lineup.NETWORKS}
    assert len(room) > 1
    assert max(left) - min(left) <= 0.2


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("fair", "parameters"),
        ("hidden", "32"),
        ("text", "今日は暑い"),
        ("weights", "fresh"),
        ("instead", "明日"),
    ],
)
def test_every_control_changes_a_figure(open_page: Open, key: str, value: str) -> None:
    drawn = [("hidden_state_rnn", "z"), ("difference", "y")]

    def values(at: AppTest) -> list[bytes]:
        return [chart(at, f"chart_{name}")[axis].tobytes() for name, axis in drawn]

    changes(open_page, {"page": "compare"} | SKIP, key, value, read=values)


def test_the_budget_changes_the_networks(open_page: Open) -> None:
    changes(open_page, {"page": "compare", "fair": "parameters"}, "budget", "5800", read=totals)


def test_the_seed_changes_untrained_weights(open_page: Open) -> None:
    one, other = (open_page(page="compare", weights="fresh", seed=seed) for seed in ("0", "1"))
    assert chart(one, "chart_hidden_state_gru")["z"].tobytes() != chart(other, "chart_hidden_state_gru")["z"].tobytes()
    assert "<td>–</td>" in html(one), "untrained weights have no accuracy"


def test_only_the_answer_waits_and_a_guess_reveals_it(open_page: Open) -> None:
    at = open_page(page="compare", lang="en")
    assert set(keys(at)) == set(STATES)
    for gives_away in ("principle", "back", "says", "column.ratio"):
        assert text(f"compare.{gives_away}", "en") not in said(at)
    at.pills(key="guess_persistence").set_value(1).run()
    changed = order.replaced(WORDS, 0, str(CONTROLS["instead"].default))
    gaps = lineup.rms_difference(run("rnn"), run("rnn", changed))
    found = chart(at, "chart_difference")["customdata"]
    np.testing.assert_allclose(found, np.array([*gaps, gaps[-1]]) / gaps[0])
    assert "Not quite" in said(at)
    assert at.query_params["guess_persistence"] in ("1", ["1"])
    at.button(key="again_guess_persistence").click().run()
    assert "difference" not in keys(at)


@pytest.mark.parametrize(
    ("key", "value"),
    [("text", "今日は暑い"), ("instead", "明日"), ("fair", "parameters"), ("hidden", "32"), ("weights", "fresh")],
)
def test_with_other_settings_it_is_asked_again(open_page: Open, key: str, value: str) -> None:
    at = open_page(page="compare", guess_persistence="2")
    assert "difference" in keys(at)
    at.session_state[key] = int(value) if value.isdigit() else value
    at.run()
    assert "difference" not in keys(at)
    assert at.session_state["guess_persistence"] is None


@pytest.mark.parametrize("query", [{"text": "今日"}, {"instead": "今日"}])
def test_what_has_no_answer_is_not_asked(open_page: Open, query: dict[str, str]) -> None:
    at = open_page(page="compare", lang="en", **query)
    assert not at.exception
    assert "difference" in keys(at)
    assert not at.pills(key="example").proto.disabled
    assert not [one for one in at.pills if one.key == "guess_persistence"]


def test_the_table_has_what_was_measured(open_page: Open) -> None:
    at = open_page(page="compare", lang="en", **SKIP)
    table = re.sub(" +", " ", html(at))
    for cell in CELLS:
        spec = rc.ModelSpec(cell=cell, hidden=16)
        assert f"<td>{count_parameters(registry.family_of(spec).load(spec)):,}</td>" in table
        assert f"{cache.accuracy(spec):.1%}" in table
    for spec in (rc.ModelSpec(cell="rnn", hidden=16), *OTHERS.values()):
        right, sentences = computed.accuracy(spec) or (0, 0)
        (low,), (high,) = wilson([right], [sentences])
        assert f"({100 * low:.1f} to {100 * high:.1f})" in table
    assert table.count("<td>そうだね! (Yes, it is!)</td>") == len(lineup.NETWORKS)
    assert "Always the most frequent reply: 9.1% correct (7.9 to 10.6%, n = 1,754). A random reply: 1.5%." in table


def test_the_chosen_step_is_marked_and_the_player_moves_the_marks(open_page: Open) -> None:
    at = open_page(page="compare", t="3", **SKIP)
    followed = {one["key"] for one in drawing(at, "player")["follow"]}
    assert followed == set(networks.MARKED)
    assert {*STATES, *ANSWERS} <= followed
    assert drawing(at, "player")["at"]["step"] == 3
    best = [rc.run(rc.ModelSpec(cell=cell, hidden=16), WORDS).top(2, 1)[0].text for cell in CELLS]
    assert [chart(at, f"chart_next_word_{cell}")["y"][0] for cell in CELLS] == best


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
    at = open_page(page="compare", lang="en", **({"guess_persistence": "skip"} | query))
    pattern = re.sub(r"\\{\w+\\}", ".*", re.escape(catalogue("en")[message]))
    assert any(re.fullmatch(pattern, warning.value) for warning in at.warning), [one.value for one in at.warning]
    assert set(keys(at)) >= set(STATES)


def test_unknown_words_are_explained_and_nothing_to_read_is_an_error(open_page: Open) -> None:
    at = open_page(page="compare", text="ぬるぽ", guess_persistence="skip")
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
    assert f"Replacement for the first word: {case.twin[0]}" in said(at)
