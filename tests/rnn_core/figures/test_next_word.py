from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rnn_core import KiokuError, ModelSpec, Trace
from rnn_core.figures import Theme, next_word
from rnn_core.figures.margins import LABEL
from rnn_core.messages import text
from rnn_core.models.model_trace import ModelTrace
from rnn_core.specs import TranslatorSpec
from rnn_core.text.tokenizer import Token
from tests.rnn_core.figures.cases import GLOSSES, LOOKS, WORDS, data, layer, sound, traces

OUTPUTS = ("は", "天気", "良い", "そうだね!", "残念だね。", "<b>")
LOOK = Theme()


@pytest.fixture(scope="module")
def trace() -> ModelTrace:
    draw = np.random.default_rng(0)
    scores = np.exp(draw.normal(0, 4, (6, len(OUTPUTS))))
    recorded = layer("lstm")
    return ModelTrace(
        spec=ModelSpec(cell="lstm", hidden=8),
        tokens=tuple(Token(word, True, gloss) for word, gloss in zip(WORDS, GLOSSES, strict=True)),
        embedding=np.zeros((6, 3), np.float32),
        layers=Trace("lstm", ((recorded,),), np.zeros((6, 8), np.float32), 0.0),
        distribution=(scores / scores.sum(axis=1, keepdims=True)).astype(np.float32),
        outputs=OUTPUTS,
        ends=(False, False, False, True, True, False),
        parameters=1,
    )


@pytest.mark.parametrize("step", range(6))
@pytest.mark.parametrize("count", [1, 3, 8])
def test_bars_are_the_likeliest_outputs_with_their_own_probabilities(trace: ModelTrace, step: int, count: int) -> None:
    picture = sound(next_word(trace, step, lang="ja", theme=LOOK, count=count))
    (bars,) = traces(picture)
    row = trace.distribution[step]
    shown = dict(zip(bars["y"], bars["x"].tolist(), strict=True))
    assert list(bars["x"]) == sorted(row, reverse=True)[:count]
    assert bars["x"].dtype == np.float32
    assert all(shown[name] == row[OUTPUTS.index(name)] for name in shown)
    assert picture.key == "next_word"
    assert next(iter(picture.table.values())) == tuple(shown)


@pytest.mark.parametrize("theme", LOOKS)
def test_the_way_is_always_from_0_to_1_and_the_likeliest_on_top(trace: ModelTrace, theme: Theme) -> None:
    picture = next_word(trace, 0, lang="ja", theme=theme)
    (bars,), layout = traces(picture), picture.figure.layout
    assert list(layout.xaxis.range) == [0, 1]
    assert layout.yaxis.range[0] > layout.yaxis.range[1]
    assert (bars["marker"]["cmin"], bars["marker"]["cmax"]) == (0, 1)
    assert bars["marker"]["colorscale"] == theme.colorscale("share")
    assert (picture.legend.scale, picture.legend.low, picture.legend.high) == ("share", "0", "1")


def test_replies_are_marked_and_the_mark_is_explained(trace: ModelTrace) -> None:
    picture = next_word(trace, 0, lang="ja", theme=LOOK)
    names = {
        value: label
        for value, label in zip(*(picture.figure.layout.yaxis[k] for k in ("tickvals", "ticktext")), strict=True)
    }
    assert {name for name, label in names.items() if "■" in label} == {"そうだね!", "残念だね。"}
    assert [mark.glyph for mark in picture.legend.marks] == ["■"]
    words = next_word(trace, 0, lang="ja", theme=LOOK, count=1)
    assert (words.legend.marks == ()) == (not trace.top(0, 1)[0].ends)


def test_what_ends_a_translation_is_called_no_reply(trace: ModelTrace) -> None:
    translated = replace(trace, spec=TranslatorSpec(task="names", attention="dot", hidden=8))
    (mark,) = next_word(translated, 0, lang="en", theme=LOOK).legend.marks
    assert mark.meaning == text("beam_tree.ends", "en")
    assert "reply" not in mark.meaning


def test_the_finding_says_the_first_two(trace: ModelTrace) -> None:
    trace.distribution.flags.writeable = True
    trace.distribution[5] = [0.05, 0.02, 0.03, 0.87, 0.02, 0.01]
    trace.distribution.flags.writeable = False
    assert next_word(trace, 5, lang="ja", theme=LOOK).finding == (
        "「ね」のあとは「そうだね!」が 87%。2 番目は「は」で 5%。"
    )
    english = next_word(trace, 5, lang="en", theme=LOOK).finding
    assert english.startswith("After “ね” (isn't it): “そうだね!”")
    assert "87%" in english
    assert next_word(trace, 5, lang="ja", theme=LOOK, count=1).finding == "「ね」のあとは「そうだね!」が 87%。"


def test_another_language_changes_words_only(trace: ModelTrace) -> None:
    japanese, english = (next_word(trace, 2, lang=lang, theme=LOOK) for lang in ("ja", "en"))
    assert [data(bar) for bar in traces(japanese)] == [data(bar) for bar in traces(english)]
    assert english.figure.layout.height > japanese.figure.layout.height  # a gloss under each word


@pytest.mark.parametrize("theme", LOOKS)
def test_each_bar_has_room_for_its_label(trace: ModelTrace, theme: Theme) -> None:
    for lang, lines in (("ja", 1), ("en", 2)):
        layout = next_word(trace, 2, lang=lang, theme=theme).figure.layout
        plot = layout.height - layout.margin.t - layout.margin.b
        assert plot / len(OUTPUTS) >= lines * theme.px(LABEL) * 1.3


def test_a_small_probability_is_not_said_to_be_nothing(trace: ModelTrace) -> None:
    for step in range(6):
        (bars,) = traces(next_word(trace, step, lang="en", theme=LOOK))
        for said, value in zip(bars["text"], bars["x"], strict=True):
            assert said == ("< 0.001" if value < 0.001 else f"{value:.3f}")


def test_what_is_not_certain_is_not_said_to_be(trace: ModelTrace) -> None:
    rows = np.full((6, len(OUTPUTS)), 1e-5, np.float32)
    rows[:, 0] = 1 - 1e-5 * (len(OUTPUTS) - 1)
    (bars,) = traces(next_word(replace(trace, distribution=rows), 0, lang="en", theme=LOOK))
    assert bars["text"][0] == "> 0.999"
    certain = np.zeros_like(rows)
    certain[:, 0] = 1
    (bars,) = traces(next_word(replace(trace, distribution=certain), 0, lang="en", theme=LOOK))
    assert bars["text"][0] == "1.000"


def test_a_word_is_shown_as_itself(trace: ModelTrace) -> None:
    labels = next_word(trace, 0, lang="en", theme=LOOK).figure.layout.yaxis.ticktext
    assert any("&lt;b&gt;" in label for label in labels)


@pytest.mark.parametrize("step", [-1, 6])
def test_a_step_that_is_not_there_is_refused(trace: ModelTrace, step: int) -> None:
    with pytest.raises(KiokuError):
        next_word(trace, step, lang="ja", theme=LOOK)


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "such as “だっ”, is a stem"), ("ja", "「だっ」のように「っ」で終わる")]
)
def test_an_output_that_seems_to_be_half_a_word_is_explained(trace: ModelTrace, lang: str, said: str) -> None:
    stems = replace(trace, outputs=("は", "天気", "だっ", "そうだね!", "残念だね。", "<b>"))
    assert said in next_word(stems, 0, lang=lang, theme=LOOK).method
    assert "っ" not in next_word(trace, 0, lang=lang, theme=LOOK).method
