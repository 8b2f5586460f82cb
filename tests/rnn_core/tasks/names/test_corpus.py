from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_core.errors import KiokuError
from rnn_core.tasks.names import BEYOND, LEARNED, TASK, joined, parts, source, target, tokens
from rnn_core.tasks.names.corpus import TEST_EACH
from rnn_core.tasks.personal_names import romaji

COUNT = TASK.sizes["names"]


def test_no_name_that_is_kept_back_is_learned_in_any_company() -> None:
    learned, kept = ({name for pair in part for name in pair.combination} for part in parts())
    assert kept.isdisjoint(learned)
    assert len(learned) > 8000
    assert len(kept) > 800


def test_up_to_four_names_are_learned_and_up_to_six_tested() -> None:
    assert set(map(COUNT, (pair.source for pair in parts().train))) == set(LEARNED)
    tested = Counter(COUNT(pair.source) for pair in parts().test)
    assert tested == dict.fromkeys((*LEARNED, *BEYOND), TEST_EACH)


def test_none_is_there_twice() -> None:
    for part in parts():
        assert max(Counter(pair.source for pair in part).values()) == 1


def test_every_kana_and_letter_that_is_tested_is_learned() -> None:
    for side in (lambda pair: pair.source, lambda pair: pair.targets[0]):
        learned, kept = ({token for pair in part for token in side(pair)} for part in parts())
        assert kept <= learned
    assert (len(source()), len(target())) == (79, 27)


def test_each_name_of_a_pair_is_read_on_its_own() -> None:
    pair = joined(["ゆう", "うた"])
    assert TASK.text(pair.targets[0]) == "yuu uta"
    assert "".join(pair.source) == "ゆう・うた"
    assert (TASK.sizes["names"](pair.source), TASK.sizes["kana"](pair.source)) == (2, 4)
    for tested in parts().test[::100]:
        assert TASK.text(tested.targets[0]) == " ".join(romaji()[name] for name in tested.combination)


@pytest.mark.parametrize(
    "typed",
    [
        "はなこ・たろう",
        "ハナコ タロウ",
        "はなこ、タロウ",
        " はなこ\n\nたろう・",
        "ﾊﾅｺ,ﾀﾛｳ",
        "はなこ\u3000たろう",
        "はなこ\u200bたろう・",
    ],
)
def test_names_may_be_typed_in_many_ways(typed: str) -> None:
    wanted = "はなこたろう" if "\u200b" in typed else "はなこ・たろう"
    assert "".join(tokens(typed)) == wanted


def test_marks_of_half_width_kana_become_one_with_it() -> None:
    assert tokens("ｼﾞｭﾝﾍﾟｲ") == tuple("じゅんぺい")


@pytest.mark.parametrize("typed", ["", " ", "・・", "\x00", "、"])
def test_nothing_is_said_to_be_nothing(typed: str) -> None:
    with pytest.raises(KiokuError) as error:
        tokens(typed)
    assert error.value.code == "empty_text"


@pytest.mark.parametrize(
    ("typed", "named"), [("花子", "花 子"), ("hanako", "h a n k o"), ("はな7", "7"), ("はなヴ", "ゔ")]
)
def test_what_is_no_kana_of_a_name_is_named(typed: str, named: str) -> None:
    with pytest.raises(KiokuError) as error:
        tokens(typed)
    assert error.value.code == "not_kana"
    assert named in str(error.value)


def test_too_many_kana_are_refused_with_their_number() -> None:
    with pytest.raises(KiokuError, match="61") as error:
        tokens("あ" * 61)
    assert error.value.code == "too_long"
    assert len(tokens("あ" * 60)) == 60


@given(st.text(max_size=30))
def test_whatever_is_typed_is_read_or_refused_in_words(typed: str) -> None:
    found, code = (), ""
    try:
        found = tokens(typed)
    except KiokuError as error:
        code = error.code if error.text("ja") else ""
    assert found == tokens("".join(found)) if found else code in ("empty_text", "not_kana", "too_long")
