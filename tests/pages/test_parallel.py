from __future__ import annotations

import json
from statistics import fmean
from typing import TYPE_CHECKING

import pytest
from torch import nn

from pages._ui.words import explained
from rnn_core.messages import LANGUAGES, text
from rnn_core.models.language_model import NextWord
from rnn_core.models.sources import SOURCES
from rnn_core.recurrences import RECURRENCES
from rnn_core.specs import ModelSpec
from rnn_core.training import manifests, parallel
from tests.pages.other_networks import LETTERS, SILENT, TOKENIZERS, Others
from tests.pages.reading import charts, drawing, html, keys, plain

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from tests.pages.conftest import Open

ANSWERED = {"guess_rounds": "2", "guess_stages": "3", "guess_law": "2", "guess_parity": "2"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_opens_with_its_question_and_gives_no_answer(open_page: Open, lang: str) -> None:
    at = open_page(page="parallel", lang=lang)
    drawn = drawing(at, "newton_map")
    assert (drawn["answer"], len(drawn["options"]), drawn["total"]) == (None, 4, 60)
    assert text("parallel.stages", lang) in plain(at)
    assert keys(at) == []
    assert not any("scan_tree" in one.proto.component_name for one in at.get("bidi_component"))
    assert explained(text("parallel.principle", lang), lang) not in html(at)
    assert not at.warning
    assert not at.error


@pytest.mark.parametrize("lang", LANGUAGES)
def test_once_all_is_answered_all_is_there(open_page: Open, lang: str) -> None:
    at = open_page(page="parallel", lang=lang, **ANSWERED)
    drawn = drawing(at, "newton_map")
    assert (drawn["answer"], drawn["verdict"], drawn["rounds"]) == (2, "right", 22)
    assert drawing(at, "scan_tree")["guess"] == 3
    assert keys(at) == ["rounds_by_network", "parity_by_length", "recall_by_pairs", "recall_rewritten"]
    assert html(at).count('class="verdict right"') == 3
    assert explained(text("parallel.principle", lang), lang) in html(at)
    assert "arXiv:2412.06464" in html(at)


@pytest.mark.parametrize(("guess", "verdict"), [("1", "near"), ("4", "wrong")])
def test_a_guess_is_judged_and_belongs_to_its_network(open_page: Open, guess: str, verdict: str) -> None:
    at = open_page(page="parallel", guess_rounds=guess)
    assert drawing(at, "newton_map")["verdict"] == verdict
    assert drawing(open_page(page="parallel", guess_rounds=guess, clipping="on"), "newton_map")["verdict"] == ""


@pytest.mark.parametrize(
    ("query", "rounds"),
    [
        ({"factor": "6"}, None),
        ({"factor": "0"}, 1),
        ({"text": "暑い", "length": "once"}, 1),
        ({"text": "犬犬犬", "length": "once", "cell": "rnn"}, 3),
        ({"cell": "lstm", "clipping": "on", "length": "200"}, 20),
    ],
)
def test_extreme_settings_are_drawn(open_page: Open, query: dict[str, str], rounds: int | None) -> None:
    at = open_page(page="parallel", guess_rounds="skip", **query)
    assert not at.error
    found = drawing(at, "newton_map")["rounds"]
    assert found == rounds or (rounds is not None and found is not None and found <= rounds)


@pytest.mark.parametrize("factor", ["0", "6"])
def test_the_exponent_and_what_the_residual_says_are_told(open_page: Open, factor: str) -> None:
    at = open_page(
        page="parallel", lang="en", guess_rounds="skip", factor=factor, cell="rnn" if factor == "0" else "gru"
    )
    drawn = drawing(at, "newton_map")
    if factor == "0":  # no step keeps anything of the state
        assert (drawn["exponent"], drawn["rounds"]) == ("−∞", 1)
    else:  # λ > 0: the equation is solved, and rounding still parts two runs
        assert (float(drawn["exponent"]) > 0, drawn["rounds"], drawn["solved"]) == (True, None, True)
        assert drawn["loops"] > 1e-12


class Given(Others):
    """A reader's own ReLU RNN whose states overflow, and one of 1,024 units."""

    def describe(self, name: str) -> ModelSpec:
        return ModelSpec(task="own", cell="rnn", hidden=4 if name == SILENT else 1024, weights=name)

    def load(self, family: object, spec: ModelSpec) -> nn.Module:  # noqa: ARG002
        layer = nn.RNN(5, spec.hidden, nonlinearity="relu", batch_first=True)
        for parameter in layer.parameters():
            nn.init.constant_(parameter, 10.0)
        return NextWord(nn.Embedding(len(TOKENIZERS[SILENT].vocabulary), 5), layer)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_relu_network_that_overflows_and_one_that_is_too_large_say_so(
    open_page: Open, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    monkeypatch.setitem(SOURCES, "file", Given())
    query = {"page": "parallel", "lang": lang, "guess_rounds": "skip", "text": "晴れは雨", "length": "200"}
    at = open_page(**query, weights=SILENT)
    drawn = drawing(at, "newton_map")
    assert not at.error
    assert (drawn["relu"], drawn["rounds"], drawn["loops"], drawn["solved"]) == (True, None, None, False)
    assert text("newton_map.say_overflow", lang) == drawn["text"]["say_overflow"]
    at = open_page(**query, weights=LETTERS)
    assert any("1024" in one.value or "1,024" in one.value for one in at.error)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_to_read_is_said(open_page: Open, lang: str) -> None:
    at = open_page(page="parallel", lang=lang, text="   ")
    assert at.error
    assert not any("newton_map" in one.proto.component_name for one in at.get("bidi_component"))


def lines(at: AppTest, key: str) -> dict[str, dict[float, float]]:
    """Line → across → value, of a chart of measured lines."""
    drawn = [one for one in charts(at, f"chart_{key}") if str(one["mode"]) != "markers"]
    return {str(one["name"]): dict(zip(one["x"].tolist(), one["y"].tolist(), strict=True)) for one in drawn}


def test_every_number_of_the_charts_is_in_the_data_file(open_page: Open) -> None:
    told = json.loads(manifests.path_of(parallel.FILE).read_text(encoding="utf-8"))
    at = open_page(page="parallel", lang="en", **ANSWERED)
    at.session_state["learning"] = True
    at.run()

    for kind in ("rnn", "lstm", "gru", "mingru", "signed"):
        runs = [run for run in told["parity"].values() if run["kind"] == kind]
        means = {float(bits): fmean(run["accuracy"][bits] for run in runs) for bits in runs[0]["accuracy"]}
        assert lines(at, "parity_by_length")[text(f"parity_by_length.{kind}", "en")] == pytest.approx(means)
    pairs = {int(name.removeprefix("16-")): row for name, row in told["recall"].items() if name.startswith("16-")}
    for key, rows in (("recall_by_pairs", pairs), ("recall_rewritten", told["rewritten"])):
        for rule in next(iter(rows.values())):
            want = {float(count): row[rule] for count, row in rows.items()}
            assert lines(at, key)[text(f"recall_by_pairs.{rule}", "en")] == pytest.approx(want)
    for key in ("plain", "clipped"):
        want = {float(epoch): row[key] for epoch, row in told["epochs"].items() if row[key] is not None}
        assert lines(at, "rounds_by_epoch")[text(f"rounds_by_epoch.{key}", "en")] == pytest.approx(want)
        for trace in charts(at, "chart_rounds_by_network"):
            cell, kind = str(trace["meta"]).split("-")
            if kind == key and "xaxis" in trace and str(trace["xaxis"]) == "x":
                want = {units: told["networks"][f"{cell}-{units:g}-trained"][key] for units in trace["x"].tolist()}
                assert dict(zip(trace["x"].tolist(), trace["y"].tolist(), strict=True)) == want


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_other_choice_has_its_source_and_its_date(open_page: Open, lang: str) -> None:
    said = plain(open_page(page="parallel", lang=lang, **ANSWERED))
    assert {"RWKV-6", "Mamba-2", "xLSTM (mLSTM)", "Gated DeltaNet"} < {row.name for row in RECURRENCES}
    for row in RECURRENCES:
        assert all(told in said for told in (row.name, row.source, row.date))
    assert sorted(row.date for row in RECURRENCES) == [row.date for row in RECURRENCES]
