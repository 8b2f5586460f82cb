from __future__ import annotations

import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_core.errors import KiokuError
from rnn_core.text.tokenizer import MAX_TOKENS, Pieces, Segmented, segment
from tests.reading import ROOT

By = Pieces
BOTH: tuple[By, ...] = ("word", "character")
FAMILY = "👨\N{ZERO WIDTH JOINER}👩\N{ZERO WIDTH JOINER}👧"


def test_the_sentence_of_the_article_is_six_words() -> None:
    assert segment("今日は天気が良いね") == Segmented(("今日", "は", "天気", "が", "良い", "ね"), cut=False)


def test_a_sentence_in_characters() -> None:
    assert segment("天気が良い", by="character").tokens == ("天", "気", "が", "良", "い")


def test_between_gaps_stands_one_piece() -> None:
    assert segment("0.25* -0.10\u3000A ?", by="gap") == Segmented(("0.25*", "-0.10", "A", "?"), cut=False)
    assert segment("1 " * (MAX_TOKENS + 1), by="gap") == Segmented(("1",) * MAX_TOKENS, cut=True)


@pytest.mark.parametrize("by", [*BOTH, "gap"])
@pytest.mark.parametrize("text", ["", " ", "\u3000\n\t", "\u200b\u202e\x00", "\ud800", "\N{ZERO WIDTH JOINER}"])
def test_a_text_without_anything_to_see_is_an_error_that_says_what_to_do(text: str, by: By) -> None:
    with pytest.raises(KiokuError, match="Type a sentence") as caught:
        segment(text, by)
    assert caught.value.code == "empty_text"
    assert "入力してください" in caught.value.text("ja")


@pytest.mark.parametrize("space", [" ", "\u3000", "\n", "\t", "  \r\n "])
def test_a_space_separates_words_and_is_none(space: str) -> None:
    assert segment(f"今日{space}は{space}暑い").tokens == ("今日", "は", "暑い")
    assert segment(f"食{space}べる").tokens[0] == "食"


def test_controls_and_direction_marks_vanish_without_parting_a_word() -> None:
    assert segment("\u202e今\x07日\u2066は\u200b暑い\u2069\ud83d").tokens == ("今日", "は", "暑い")


def test_markup_is_text_like_any_other() -> None:
    assert "".join(segment("<b>今日</b>").tokens) == "<b>今日</b>"


def test_right_to_left_text_stays_in_the_order_of_reading() -> None:
    assert "".join(segment("שלום").tokens) == "שלום"


@pytest.mark.parametrize("by", BOTH)
@pytest.mark.parametrize("sign", [FAMILY, "❤️", "👍🏽", "🇯🇵", "が\u0302"])
def test_a_sign_of_several_code_points_is_one_token(sign: str, by: By) -> None:
    assert segment(f"猫 {sign} 犬", by).tokens == ("猫", sign, "犬")


def test_two_flags_are_two_characters() -> None:
    assert segment("🇯🇵🇺🇸🇯", by="character").tokens == ("🇯🇵", "🇺🇸", "🇯")


def test_the_segmenter_sees_the_nfkc_form_and_keeps_capitals() -> None:
    assert segment("ＡＢＣ").tokens == ("ABC",)
    assert "".join(segment("Kioku と İstanbul").tokens) == "KiokuとIstanbul"


@pytest.mark.parametrize("by", BOTH)
@pytest.mark.parametrize("length", [MAX_TOKENS - 1, MAX_TOKENS, MAX_TOKENS + 1])
@pytest.mark.parametrize("space", ["", " "])
def test_exactly_the_limit_is_not_cut(length: int, space: str, by: By) -> None:
    found = segment(space.join("!" * length), by)
    assert found == Segmented(("!",) * min(length, MAX_TOKENS), cut=length > MAX_TOKENS)


@pytest.mark.parametrize("by", BOTH)
@pytest.mark.parametrize("text", ["今日は天気が良いね" * 1200, "a" * 10_000, "今 " * 5000, "長い言葉" * 2500])
def test_ten_thousand_characters_are_cut_and_said_to_be(text: str, by: By) -> None:
    found = segment(text, by)
    assert found.cut
    assert 0 < len(found.tokens) <= MAX_TOKENS
    assert max(map(len, found.tokens)) <= MAX_TOKENS * 8


def test_the_limit_can_be_chosen() -> None:
    assert segment("今日は暑い", limit=2) == Segmented(("今日", "は"), cut=True)


@given(text=st.text(max_size=40))
def test_whatever_is_typed_each_character_is_kept_once_and_in_order(text: str) -> None:
    try:
        characters = segment(text, by="character", limit=100).tokens
    except KiokuError:
        assert all(c.isspace() or unicodedata.category(c) in ("Cc", "Cf", "Cs") for c in text)
        return
    kept = iter(text)
    assert all(character in kept for character in "".join(characters))
    dropped = set(text) - set("".join(characters))
    assert all(c.isspace() or unicodedata.category(c) in ("Cc", "Cf", "Cs") for c in dropped)


@given(text=st.text(max_size=40))
def test_words_are_the_same_text_as_characters_but_for_its_form(text: str) -> None:
    def plain(tokens: tuple[str, ...]) -> str:
        form = unicodedata.normalize("NFKC", "".join(tokens).replace("İ", "I"))
        return "".join(form.split())

    try:
        words = segment(text, limit=200).tokens
    except KiokuError:
        return
    assert unicodedata.normalize("NFD", plain(words)) == unicodedata.normalize(
        "NFD", plain(segment(text, by="character", limit=200).tokens)
    )
    assert all(word == word.strip() != "" for word in words)


def test_thirty_first_visitors_at_once_wait_for_one_import() -> None:
    program = (
        "from concurrent.futures import ThreadPoolExecutor\n"
        "from rnn_core.text.tokenizer import segment\n"
        "with ThreadPoolExecutor(30) as pool:\n"
        "    print(set(pool.map(lambda _: segment('今日は暑い').tokens, range(30))))\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        cwd=ROOT,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "{('今日', 'は', '暑い')}\n"
