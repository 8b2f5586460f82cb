from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import numpy as np
import pytest

import rnn_core as rc
from pages._chapters.compare import computed, networks
from pages._ui import cache
from pages._ui.address import CONTROLS, HIDDEN_SIZES
from rnn_core import contrasts, lineup, order
from rnn_core.figures import margins
from rnn_core.figures.captions import number
from rnn_core.messages import LANGUAGES, catalogue, text
from rnn_core.models import registry
from rnn_core.models.family import count_parameters
from rnn_core.quantities import CELLS
from rnn_core.specs import ResponderSpec, TransformerSpec
from tests.pages.reading import alt, chart, charts, drawing, html, keys, picture
from tests.pages.trying import changes

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from tests.pages.conftest import Open

WORDS = ("今日", "は", "天気", "が", "良い", "ね")
EACH = [f"{name}_{cell}" for name in ("hidden_state", "influence", "next_word") for cell in lineup.NETWORKS]
OTHERS = {
    "bidirectional": ResponderSpec(kind="bidirectional", hidden=8),
    "attentive": ResponderSpec(kind="attentive", hidden=16),
    "transformer": TransformerSpec(hidden=16),
}
ALWAYS = {*EACH, "gradient_norms", "parameters", "time_per_sentence"}


def said(at: AppTest) -> str:
    return re.sub("</?(span|sup)[^>]*>", "", html(at).partition("<style>")[0])


def run(cell: str, words: tuple[str, ...] = WORDS, hidden: int = 16) -> np.ndarray:
    return rc.run(rc.ModelSpec(cell=cell, hidden=hidden), words).layer()["hidden_state"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_six_networks_read_one_sentence(open_page: Open, lang: str) -> None:
    at = open_page(page="compare", lang=lang)
    assert set(keys(at)) == ALWAYS
    for name in ("question", "lead", "principle", "inside", "predict", "back", "says", "cost", "all"):
        assert text(f"compare.{name}", lang) in said(at)
    for cell in CELLS:
        np.testing.assert_array_equal(chart(at, f"chart_hidden_state_{cell}")["z"], run(cell).T)
        model = registry.RECURRENT.load(rc.ModelSpec(cell=cell, hidden=16))
        embedding = rc.run(rc.ModelSpec(cell=cell, hidden=16), WORDS).embedding
        found = chart(at, f"chart_influence_{cell}")["customdata"]
        np.testing.assert_allclose(found, rc.influence(model.recurrent, embedding), rtol=1e-6)
    for cell, spec in OTHERS.items():
        trace = registry.run(spec, WORDS) if isinstance(spec, ResponderSpec) else rc.run(spec, WORDS)
        np.testing.assert_array_equal(chart(at, f"chart_hidden_state_{cell}")["z"], trace.layers.output.T)
        expected = registry.input_influence(spec, WORDS)
        np.testing.assert_allclose(chart(at, f"chart_influence_{cell}")["customdata"], expected, rtol=1e-6)
        assert chart(at, f"chart_next_word_{cell}")["y"][0] == trace.reply.text
    assert ("weather" in said(at)) == (lang == "en")
    assert not at.error
    assert not at.warning


def test_only_what_may_move_a_state_is_coloured(open_page: Open) -> None:
    at = open_page(page="compare")
    later = np.triu_indices(len(WORDS), 1)
    for cell in lineup.NETWORKS:
        drawn = np.isfinite(chart(at, f"chart_influence_{cell}")["z"][later])
        assert drawn.all() if cell == "bidirectional" else not drawn.any()


@pytest.mark.parametrize(
    ("fair", "hidden", "far"), [("units", "16", "9.0"), ("parameters", "16", "4.9"), ("units", "64", "32 instead")]
)
def test_what_is_not_equal_is_said(open_page: Open, fair: str, hidden: str, far: str) -> None:
    at = open_page(page="compare", lang="en", fair=fair, hidden=hidden)
    totals = dict(zip(chart(at, "chart_parameters")["y"], chart(at, "chart_parameters")["x"], strict=True))
    ratio = max(totals.values()) / min(totals.values())
    assert f" has {ratio:.1f} × the parameters" in said(at)
    if "instead" in far:
        assert "LSTM with attention 32; Transformer 32 instead of 64" in said(at)
    else:
        assert f"{ratio:.1f}" == far
    assert all(f"(parameters: {int(total):,})" in said(at) for total in totals.values())


@pytest.mark.parametrize("words", [WORDS, WORDS[:1], (WORDS * 10)])
def test_what_is_compared_shares_one_scale(open_page: Open, words: tuple[str, ...]) -> None:
    at = open_page(page="compare", text="".join(words), fair="parameters", guess_persistence="skip")
    for name in ("hidden_state", "influence"):
        ends = {
            tuple(float(chart(at, f"chart_{name}_{cell}")[end]) for end in ("zmin", "zmax")) for cell in lineup.NETWORKS
        }
        assert len(ends) == 1
        assert {chart(at, f"chart_{name}_{cell}")["z"].shape[1] for cell in lineup.NETWORKS} == {len(words)}
    assert not at.error


def test_how_large_each_is_stands_beside_its_name_and_its_own_scale_is_a_fold_away(open_page: Open) -> None:
    at = open_page(page="compare", lang="en", guess_persistence="skip")
    for cell in lineup.NETWORKS:
        states = chart(at, f"chart_hidden_state_{cell}")["z"]
        assert text("compare.extent", "en", low=number(float(states.min())), high=number(float(states.max()))) in said(
            at
        )
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
    assert re.search(f"largest {most} .*, smallest {least} ", alt(at, "chart_gradient_norms"))


def test_bars_of_one_length_are_one_number(open_page: Open) -> None:
    at = open_page(page="compare", lang="en", guess_persistence="skip")
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
        ("t", "2"),
        ("instead", "明日"),
    ],
)
def test_every_control_changes_a_figure(open_page: Open, key: str, value: str) -> None:
    drawn = [("hidden_state_rnn", "z"), ("next_word_gru", "x"), ("difference", "y")]

    def values(at: AppTest) -> list[bytes]:
        return [chart(at, f"chart_{name}")[axis].tobytes() for name, axis in drawn]

    changes(open_page, {"page": "compare", "guess_persistence": "skip"}, key, value, read=values)


def test_the_seed_changes_untrained_weights(open_page: Open) -> None:
    one, other = (open_page(page="compare", weights="fresh", seed=seed) for seed in ("0", "1"))
    assert chart(one, "chart_hidden_state_gru")["z"].tobytes() != chart(other, "chart_hidden_state_gru")["z"].tobytes()
    assert "<td>–</td>" in html(one), "untrained weights have no accuracy"


def test_equal_parameters_take_the_nearest_size(open_page: Open) -> None:
    at = open_page(page="compare", fair="parameters")
    found = {cell: len(chart(at, f"chart_hidden_state_{cell}")["z"]) for cell in lineup.NETWORKS}
    assert found == lineup.sizes(16, "parameters", networks.INPUTS, HIDDEN_SIZES)
    spec = rc.ModelSpec(cell="rnn", hidden=found["rnn"])
    assert int(chart(at, "chart_parameters")["x"][0]) == count_parameters(registry.family_of(spec).load(spec))


def test_only_the_answer_waits_and_a_guess_reveals_it(open_page: Open) -> None:
    at = open_page(page="compare", lang="en")
    assert "difference" not in keys(at)
    at.pills(key="guess_persistence").set_value(1).run()
    assert "difference" in keys(at)
    changed = order.replaced(WORDS, 0, str(CONTROLS["instead"].default))
    np.testing.assert_allclose(
        chart(at, "chart_difference")["customdata"], lineup.rms_difference(run("rnn"), run("rnn", changed))
    )
    assert "your guess was RNN" in alt(at, "chart_difference")
    assert at.query_params["guess_persistence"] in ("1", ["1"])
    at.button(key="again_guess_persistence").click().run()
    assert "difference" not in keys(at)


def test_the_table_has_what_was_measured(open_page: Open) -> None:
    at = open_page(page="compare", lang="en")
    table = re.sub(" +", " ", html(at))
    for cell in CELLS:
        spec = rc.ModelSpec(cell=cell, hidden=16)
        assert f"<td>{count_parameters(registry.family_of(spec).load(spec)):,}</td>" in table
        assert f"{cache.accuracy(spec):.0%}" in table
    for spec in OTHERS.values():
        right, sentences = computed.correct_replies(spec) or (0, 0)
        assert f"({right:,} of {sentences:,})" in table
    assert table.count("<td>そうだね!</td>") == len(lineup.NETWORKS)
    assert "そうだね!" in table
    times = chart(at, "chart_time_per_sentence")["x"]
    assert all(f"<td>{taken:,.0f}</td>" in table for taken in times)
    again = open_page(page="compare", lang="en")
    np.testing.assert_array_equal(chart(again, "chart_time_per_sentence")["x"], times)


def test_the_chosen_step_is_marked_and_the_player_moves_the_marks(open_page: Open) -> None:
    at = open_page(page="compare", t="3", guess_persistence="skip")
    followed = {one["key"] for one in drawing(at, "player")["follow"]}
    assert followed <= set(keys(at))
    assert followed == set(networks.MARKED)
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
    assert set(keys(at)) >= ALWAYS


def test_unknown_words_are_explained_and_nothing_to_read_is_an_error(open_page: Open) -> None:
    at = open_page(page="compare", text="ぬるぽ", guess_persistence="skip")
    assert "ぬる" in said(at)
    assert not at.error
    assert open_page(page="compare", text=" ").error


def test_the_prepared_contrast_parts_the_cells(open_page: Open) -> None:
    case = contrasts.forgotten()
    assert case
    at = open_page(page="compare", fair="parameters", lang="en")
    at.button(key="contrast").click().run()
    assert not at.exception
    assert at.text_input(key="text").value == "".join(case.words)
    assert at.text_input(key="instead").value == case.twin[0]
    replies = {cell: chart(at, f"chart_next_word_{cell}")["y"][0] for cell in ("rnn", "lstm")}
    assert replies == {"rnn": case.instead, "lstm": case.reply}
    assert not [button for button in at.button if button.key == "contrast"]
