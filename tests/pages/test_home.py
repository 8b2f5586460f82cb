from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pytest

import rnn_core as rc
from pages._ui import memo
from pages._ui.address import CONTROLS, HIDDEN_SIZES, MAX_TEXT
from rnn_core.messages import LANGUAGES, text
from rnn_core.models import model_trace
from tests.pages.alternating import alternately
from tests.pages.reading import alt, chart, drawing, html, unfold
from tests.pages.trying import changes

if TYPE_CHECKING:
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

    from tests.pages.conftest import Open

SENTENCE = CONTROLS["text"].default
WORDS = ("今日", "は", "天気", "が", "良い", "ね")
STATE = rc.QUANTITIES.state("lstm").key


def expected(words: tuple[str, ...] = WORDS, **spec: object) -> np.ndarray:
    """h of every unit (rows) and step (columns), as the library has it."""
    return rc.run(rc.ModelSpec(**{"cell": "lstm", "hidden": 16} | spec), words).layer()[STATE].T


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_opens_with_the_article_s_sentence(open_page: Open, lang: str) -> None:
    at = open_page(lang=lang)
    np.testing.assert_array_equal(chart(at, f"chart_{STATE}")["z"], expected())
    page = html(at)
    assert text("home.question", lang) in re.sub("</?span>", "", page)
    drawn = drawing(at, "unrolled")
    assert tuple(token["text"] for token in drawn["tokens"]) == WORDS
    assert drawn["next"][-1][0]["text"] == "そうだね!"
    assert ("weather" in str(drawn["tokens"])) == (lang == "en")
    assert text("ui.parity", lang, gap="").strip() in page
    assert not at.error
    assert not at.warning


def test_the_first_visit_speaks_the_browser_s_language(open_page: Open) -> None:
    assert open_page("ja-JP").query_params["lang"] == "ja"
    assert open_page("en-GB").query_params["lang"] == "en"
    assert open_page("fr-FR").query_params["lang"] == "en"
    assert open_page("ja-JP", lang="en").query_params["lang"] == "en"


@pytest.mark.parametrize("cell", rc.quantities.CELLS)
@pytest.mark.parametrize("hidden", HIDDEN_SIZES)
def test_every_network_shows_its_own_numbers(open_page: Open, cell: str, hidden: int) -> None:
    at = open_page(cell=cell, hidden=str(hidden))
    np.testing.assert_array_equal(chart(at, f"chart_{STATE}")["z"], expected(cell=cell, hidden=hidden))


def test_the_bars_are_the_likeliest_outputs(open_page: Open) -> None:
    at = open_page()
    trace = rc.run(rc.ModelSpec(cell="lstm", hidden=16), WORDS)
    bars = chart(at, "chart_next_word")
    assert tuple(bars["y"]) == tuple(guess.text for guess in trace.top(5, len(bars["y"])))
    np.testing.assert_array_equal(bars["x"], np.sort(trace.distribution[-1])[::-1][: len(bars["x"])])


@pytest.mark.parametrize(
    ("key", "value"), [("cell", "gru"), ("hidden", "32"), ("text", "今日は暑い"), ("weights", "fresh"), ("t", "2")]
)
def test_every_control_changes_a_figure(open_page: Open, key: str, value: str) -> None:
    def values(at: AppTest) -> tuple[bytes, bytes]:
        return chart(at, f"chart_{STATE}")["z"].tobytes(), chart(at, "chart_next_word")["x"].tobytes()

    changes(open_page, {}, key, value, read=values)


def test_the_seed_changes_untrained_weights_only(open_page: Open) -> None:
    def z(**query: str) -> bytes:
        return chart(open_page(**query), f"chart_{STATE}")["z"].tobytes()

    assert z(weights="fresh", seed="1") != z(weights="fresh", seed="2")
    assert z(seed="1") == z(seed="2")


def test_the_language_changes_words_and_no_number(open_page: Open) -> None:
    ja, en = open_page(lang="ja"), open_page(lang="en")
    assert chart(ja, f"chart_{STATE}")["z"].tobytes() == chart(en, f"chart_{STATE}")["z"].tobytes()
    assert alt(ja, f"chart_{STATE}") != alt(en, f"chart_{STATE}")


def test_an_example_is_a_click_away(open_page: Open) -> None:
    at = open_page()
    at.pills(key="example").set_value("犬が人を噛む").run()
    assert at.query_params["text"] == at.text_input(key="text").value == "犬が人を噛む"
    assert chart(at, f"chart_{STATE}")["z"].shape == (16, 5)


def test_reset_goes_back_to_the_defaults_and_keeps_the_language(open_page: Open) -> None:
    at = open_page(lang="en", cell="gru", hidden="8", text="今日は暑い", weights="fresh", seed="3")
    unfold(at).button(key="reset").click().run()
    assert dict(at.query_params) == dict(open_page(lang="en").query_params)


@pytest.mark.parametrize(
    ("lang", "sentence"),
    alternately(
        [
            "<script>alert(1)</script><b>太字</b>",
            "🎉👩‍👩‍👧 今日は🌧️",
            "\u202eمرحبا بالعالم\u202c",
            "今日\x00は\x07暑い\x7f",
            "*強い* _x_ $y$ :smile: `z` [a](b) www.example.com",
            "ｱｲｳ ＡＢＣ ①②③",
            "Why is it cold?",
            "a" * 500,
        ]
    ),
)
def test_any_text_gives_a_picture(open_page: Open, lang: str, sentence: str) -> None:
    at = open_page(lang=lang, text=sentence)
    assert chart(at, f"chart_{STATE}")["z"].shape[0] == 16
    assert "<script" not in html(at)
    assert "<b>太字" not in html(at)
    assert not at.error


@pytest.mark.parametrize(("lang", "sentence"), alternately(["", "   ", "\u200b\u202e", "\x07"]))
def test_an_empty_text_is_explained(open_page: Open, lang: str, sentence: str) -> None:
    at = open_page(lang=lang, text=sentence)
    assert [error.value for error in at.error] == [text("errors.empty_text", lang)]
    assert not at.get("plotly_chart")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_long_text_is_cut_at_sixty_words_and_the_page_says_so(open_page: Open, lang: str) -> None:
    at = open_page(lang=lang, text="今日は暑い" * 2000)
    assert len(at.query_params["text"]) == MAX_TEXT
    assert chart(at, f"chart_{STATE}")["z"].shape == (16, 60)
    assert text("ui.cut", lang, limit=60) in [warning.value for warning in at.warning]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_unknown_words_stay_as_they_are_and_are_named(open_page: Open, lang: str) -> None:
    page = html(open_page(lang=lang, text="今日はズモモが良いね"))
    assert text("ui.unknown", lang, words="ズモモ") in page


@pytest.mark.parametrize(("lang", "damage"), alternately(["missing", "damaged"]))
def test_weights_that_cannot_be_read_are_a_clear_message(
    open_page: Open, lang: str, damage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_trace, "PRETRAINED", tmp_path)
    memo.STORE.clear()
    if damage == "damaged":
        (tmp_path / f"{rc.ModelSpec(cell='gru', hidden=8).name}.safetensors").write_bytes(b"no weights at all")
    at = open_page(lang=lang, cell="gru", hidden="8")
    assert len(at.error) == 1
    assert "make models" in at.error[0].value
    assert "Traceback" not in at.error[0].value
    assert at.text_input(key="text").value == SENTENCE
    unfold(at).segmented_control(key="weights").set_value("fresh").run()
    assert not at.error
