from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_core import KiokuError
from rnn_core.figures.margins import LABEL
from rnn_core.figures.theme import Theme
from rnn_core.figures.words import LABELS, LINE, NARROW, Words, quoted, short
from tests.rnn_core.figures.cases import GLOSSES, WORDS, words

LOOK = Theme()
PHONE = Theme(narrow=True)


def test_two_equal_words_keep_two_places() -> None:
    axis = Words(("は", "は", "が"), (), "ja").axis(LOOK)
    assert axis["tickvals"] == [1, 2, 3]
    assert [label.split("<br>")[0] for label in axis["ticktext"]] == ["は", "は", "が"]


def test_a_gloss_stands_under_the_word_for_readers_of_another_language() -> None:
    english, japanese = (Words(WORDS, GLOSSES, lang).axis(LOOK)["ticktext"] for lang in ("en", "ja"))
    assert "weather" in english[2]
    assert english[2].startswith("天気<br>")
    assert not any("weather" in label for label in japanese)
    assert "<br>topic</span><br>" in english[1].replace("<span", "\n<span").replace("\n", "") or "topic" in english[1]


def test_every_word_has_its_number_where_there_is_room() -> None:
    assert all(str(step) in label for step, label in enumerate(Words(WORDS, (), "ja").axis(LOOK)["ticktext"], 1))
    assert Words(WORDS, (), "ja").numbered(LOOK)
    assert not Words(words(15), (), "ja").numbered(LOOK)


def test_many_words_are_all_named_under_the_pointer() -> None:
    tokens = words(60)
    axis = Words(tokens, (), "ja").axis(LOOK)
    assert len(axis["tickvals"]) == len(axis["ticktext"]) <= LABELS
    assert [axis["labelalias"][str(step)] for step in range(1, 61)] == [f"{w}<br>{t}" for t, w in enumerate(tokens, 1)]
    assert axis["range"] == [0.5, 60.5]
    assert Words(tokens, (), "ja").numbered(LOOK)


@given(st.integers(1, 60), st.sampled_from(["ja", "en"]), st.floats(0, 180))
def test_labels_that_are_turned_on_a_phone_do_not_touch(count: int, lang: str, beside: float) -> None:
    labels = Words(words(count), tuple(GLOSSES[i % 6] for i in range(count)), lang).axis(PHONE, beside)["ticktext"]
    lines = max(label.count("<br>") + 1 for label in labels)
    assert lines == 1 or lines * LINE * len(labels) <= NARROW - beside
    assert len(labels) * LABEL <= NARROW - beside


def test_labels_stand_level_where_there_is_room_for_them() -> None:
    sentence, long = Words(WORDS, (), "ja"), Words(words(20), tuple(GLOSSES[i % 6] for i in range(20)), "en")
    assert sentence.axis(LOOK)["tickangle"] == sentence.axis(PHONE)["tickangle"] == 0
    assert long.axis(PHONE)["tickangle"] == long.axis(LOOK)["tickangle"] == 90
    between = Words(words(15), (), "ja").axis
    assert between(PHONE)["tickangle"] == 90
    assert "tickangle" not in between(LOOK)  # the browser finds out how wide the column is


def test_a_turned_word_has_its_meaning_behind_it() -> None:
    sentence = Words(WORDS, GLOSSES, "en")
    assert sentence.axis(PHONE)["tickangle"] == 90
    assert not any("<br>" in label for label in sentence.axis(PHONE)["ticktext"])
    assert "weather" in sentence.axis(PHONE)["ticktext"][2]
    assert not sentence.numbered(PHONE)


def test_upright_labels_have_their_length_below_on_a_phone() -> None:
    sentence = Words(words(12), (), "ja")
    assert sentence.margin(PHONE) > sentence.margin(LOOK)


def test_text_of_a_reader_is_shown_as_itself() -> None:
    axis = Words(("<b>&", "&lt;"), ("<i>x</i>", ""), "en").axis(LOOK)
    assert axis["ticktext"][0].startswith("&lt;b&gt;&amp;")
    assert "&lt;i&gt;x&lt;/i&gt;" in axis["ticktext"][0]
    assert axis["ticktext"][1].startswith("&amp;lt;")


def test_a_long_word_is_cut_visibly() -> None:
    assert short("あ" * 30) == "あ" * 7 + "…"
    assert short("あ" * 8) == "あ" * 8


def test_room_below_grows_with_the_labels() -> None:
    plain, glossed = (Words(WORDS, GLOSSES, lang).margin(LOOK) for lang in ("ja", "en"))
    assert glossed > plain
    assert Words(words(12), tuple(GLOSSES * 2), "en").margin(LOOK) > 120  # turned labels need their length
    assert Words(WORDS, (), "ja").margin(Theme("light", 1.7)) == pytest.approx(1.7 * plain, abs=0.1)


def test_a_sentence_says_which_of_two_equal_words() -> None:
    said = Words(("犬", "が", "犬"), ("dog", "", "dog"), "en").said
    assert said(2) == "“犬” (dog) (no. 3)"
    assert said(1) == "“が”"
    assert Words(("犬", "が", "犬"), (), "ja").said(0) == "「犬」（1 番目）"


def test_quotes_are_those_of_the_language() -> None:
    assert (quoted("は", "", "ja"), quoted("は", "", "en")) == ("「は」", "“は”")


def test_glosses_must_be_one_a_word() -> None:
    with pytest.raises(KiokuError, match=r"glosses \(1\) differs from the number of words \(2\)"):
        Words(("a", "b"), ("x",), "ja")
