from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_core.errors import KiokuError
from rnn_core.tasks.kanji import TASK, parts, source, tokens
from rnn_core.tasks.kanji.corpus import LONGEST, RARE


def test_a_name_is_on_one_side_with_all_its_readings() -> None:
    learned, kept = ({pair.source for pair in part} for part in parts())
    assert learned.isdisjoint(kept)
    assert len(kept) > 1500
    assert max(Counter(pair.source for pair in parts().train).values()) == 1
    by_name = {pair.source: pair.targets for part in parts() for pair in part}
    assert len(by_name["尚", "史"]) > 10


def test_rare_characters_are_unknown_ones() -> None:
    counted = Counter(character for pair in parts().train for character in pair.source)
    assert all((character in source()) == (count >= RARE) for character, count in counted.items())
    assert {count >= RARE for count in counted.values()} == {True, False}


@pytest.mark.parametrize(
    ("typed", "found"), [("花子", "花子"), (" 花　子\n", "花子"), ("のぶ子", "のぶ子"), ("佐々", "佐々")]
)
def test_a_name_is_cut_into_characters(typed: str, found: str) -> None:
    assert tokens(typed) == tuple(found)


def test_a_kanji_that_no_name_has_is_read_all_the_same() -> None:
    assert tokens("龘子") == ("龘", "子")
    assert "龘" not in source()
    assert "子" in source()


@pytest.mark.parametrize(("typed", "named"), [("hanako", "h a n k o"), ("花7", "7"), ("花子!", "!")])
def test_what_is_no_name_is_named(typed: str, named: str) -> None:
    with pytest.raises(KiokuError) as error:
        tokens(typed)
    assert error.value.code == "not_kanji"
    assert named in str(error.value)


def test_nothing_and_too_much_are_refused() -> None:
    with pytest.raises(KiokuError) as error:
        tokens(" ")
    assert error.value.code == "empty_text"
    with pytest.raises(KiokuError, match=str(LONGEST + 1)) as error:
        tokens("花" * (LONGEST + 1))
    assert error.value.code == "too_long"


@given(st.text(max_size=20))
def test_whatever_is_typed_is_read_or_refused_in_words(typed: str) -> None:
    found, code = (), ""
    try:
        found = tokens(typed)
    except KiokuError as error:
        code = error.code if error.text("ja") else ""
    assert found == tokens("".join(found)) if found else code in ("empty_text", "not_kanji", "too_long")


def test_letters_are_written_without_gaps() -> None:
    assert TASK.text(("y", "u")) == "yu"
    assert TASK.sizes["kanji"](("花", "子")) == 2
