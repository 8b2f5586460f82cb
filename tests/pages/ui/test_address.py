from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages._ui.address import CONTROLS, FRAME, MAX_TEXT, SHARED, Notice, clean, literal, parse, serialize, union
from pages._ui.chapter import Chapter, Control, Value
from pages._ui.contents import CHAPTERS
from rnn_core.messages import LANGUAGES

ODD = (
    "",
    " ",
    "nan",
    "NaN",
    "inf",
    "-1",
    "1e3",
    "0x10",
    "１６",
    "9" * 40,
    "-0.5",
    "None",
    "zz",
    "<b>",
    "'; drop",
    "\x00",
)


def values(row: Control) -> st.SearchStrategy[Value]:
    if row.kind == "choice":
        return st.sampled_from(row.options)
    if row.kind == "number":
        numbers = st.integers(row.low, row.high) | st.sampled_from(row.options or (row.high,))
        return numbers if row.default is not None else st.none() | numbers
    if row.kind == "real":
        return st.integers(100 * row.low, 100 * row.high).map(lambda hundredths: hundredths / 100)
    return st.text(max_size=80).map(clean)


states = st.fixed_dictionaries({key: values(row) for key, row in CONTROLS.items()})


def chapter(name: str, *holds: str | Control) -> Chapter:
    return Chapter(name, "why", 1, holds)


def test_the_table_has_what_several_chapters_have_and_what_each_has_alone() -> None:
    text, own, other = (Control(key, "text", "") for key in ("text", "own", "other"))
    assert list(union([text], [chapter("a", own, "text"), chapter("b", "text", other)])) == ["text", "own", "other"]
    for one in SHARED:
        assert one.key in FRAME or len([row for row in CHAPTERS if one.key in row.controls]) > 1, one.key


@pytest.mark.parametrize(
    ("chapters", "said"),
    [
        ([chapter("a", Control("text", "text", ""))], "text of the chapter a is declared elsewhere"),
        ([chapter("a", Control("own", "text", "")), chapter("b", Control("own", "text", ""))], "own of the chapter b"),
        ([chapter("a", "text", "nowhere")], "none for nowhere of a"),
    ],
)
def test_controls_that_clash_or_are_missing_are_refused(chapters: list[Chapter], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        union([Control("text", "text", "")], chapters)


def test_a_control_of_one_chapter_is_named_by_no_other() -> None:
    own = {row.key: chapter.name for chapter in CHAPTERS for row in chapter.own}
    assert [(key, row.name) for row in CHAPTERS for key in row.controls if own.get(key, row.name) != row.name] == []


def test_an_address_is_in_the_order_of_its_controls() -> None:
    assert list(serialize({"lang": "en", "hidden": 8, "cell": "gru"}, ("lang", "cell", "hidden"))) == [
        "lang",
        "cell",
        "hidden",
    ]


@given(states)
def test_an_address_gives_back_the_state_that_wrote_it(state: dict[str, Value]) -> None:
    query = {key: [value] for key, value in serialize(state).items()}
    assert parse(query) == (state, ())


@given(st.dictionaries(st.sampled_from([*CONTROLS, "foo"]), st.lists(st.text() | st.sampled_from(ODD), max_size=3)))
def test_any_address_gives_a_state_that_an_address_can_hold(query: dict[str, list[str]]) -> None:
    state, notices = parse(query)
    again, silent = parse({key: [value] for key, value in serialize(state).items()})
    assert (again, silent) == (state, ())
    untaken = {key for key, values in query.items() if len(values) > 1 or (values and key not in CONTROLS)}
    assert untaken <= {notice.key for notice in notices}


@pytest.mark.parametrize("row", CONTROLS.values(), ids=lambda row: row.key)
@pytest.mark.parametrize("given", ODD)
def test_a_bad_value_gives_the_default_and_a_notice(row: Control, given: str) -> None:
    state, notices = parse({row.key: [given]})
    if row.kind == "text":
        assert (state[row.key], notices) == (clean(given), ())
    elif row.kind == "real" and given in ("-1", "-0.5") and row.low <= float(given):
        assert (state[row.key], notices) == (float(given), ())
    else:
        assert state[row.key] == row.default
        assert [(notice.key, notice.given, notice.used) for notice in notices] == [(row.key, given, row.default)]


@pytest.mark.parametrize("row", CONTROLS.values(), ids=lambda row: row.key)
def test_a_repeated_value_gives_the_default_and_a_notice(row: Control) -> None:
    value = str(row.options[-1]) if row.options else "5"
    state, notices = parse({row.key: [value, value]})
    assert state[row.key] == row.default
    assert [(notice.code, notice.key) for notice in notices] == [("repeated", row.key)]


def test_the_ends_of_a_range_are_in_it_and_what_lies_beyond_is_not() -> None:
    row = CONTROLS["seed"]
    for number, inside in ((row.low, True), (row.high, True), (row.low - 1, False), (row.high + 1, False)):
        state, notices = parse({"seed": [str(number)]})
        assert (state["seed"] == number, not notices) == (inside, inside)


@pytest.mark.parametrize("given", ["-1", "1", "0.5", "0.25", "-0", "1.0"])
def test_a_real_number_keeps_two_decimals_and_has_one_zero(given: str) -> None:
    state, notices = parse({"value": [given]})
    assert (state["value"], notices) == (float(given), ())
    assert not serialize(state)["value"].startswith("-0.0")


@pytest.mark.parametrize("given", ["1.01", "-1.01", "0.123", ".5", "1.", "+1", "1e0", "0,5"])
def test_a_real_number_beyond_its_range_or_its_decimals_is_not_taken(given: str) -> None:
    state, notices = parse({"value": [given]})
    assert (state["value"], [notice.code for notice in notices]) == (0.0, ["real"])


def test_a_number_can_be_a_word_instead() -> None:
    assert parse({"guess": ["skip"]})[0]["guess"] == "skip"
    state, notices = parse({"guess": ["61"]})
    assert (state["guess"], [notice.code for notice in notices]) == (None, ["place"])


def test_an_unknown_parameter_is_named_and_dropped() -> None:
    state, notices = parse({"speed": ["9"]})
    assert notices == (Notice("unknown", "speed", "9"),)
    assert "speed" not in serialize(state)


def test_a_default_can_depend_on_the_reader() -> None:
    assert parse({}, {"lang": "en"})[0]["lang"] == "en"
    assert parse({"lang": ["xx"]}, {"lang": "en"})[0]["lang"] == "en"


def test_a_long_sentence_is_cut_and_says_so() -> None:
    state, notices = parse({"text": ["あ" * 10_000]})
    assert state["text"] == "あ" * MAX_TEXT
    assert [notice.code for notice in notices] == ["long"]


@given(st.text())
def test_a_clean_sentence_is_one_line_without_control_characters_and_stays_as_it_is(sentence: str) -> None:
    cleaned = clean(sentence)
    assert cleaned == clean(cleaned)
    assert cleaned.isprintable() or all(character == " " or ord(character) > 31 for character in cleaned)
    assert not set(cleaned) & set("\x00\n\t\x7f")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_notice_names_the_parameter_the_given_value_and_what_is_used(lang: str) -> None:
    _, notices = parse({"hidden": ["7"], "seed": ["-3"], "cell": ["rnn", "gru"], "weights": ["<b>x</b>"], "foo": ["1"]})
    said = {notice.key: notice.text(lang) for notice in notices}
    assert "`7`" in said["hidden"]
    assert "`16`" in said["hidden"]
    assert "8, 16, 32, 64" in said["hidden"]
    assert "`-3`" in said["seed"]
    assert "`rnn&gru`" in said["cell"]
    assert "`<b>x</b>`" in said["weights"]
    assert all(f"`{key}`" in text for key, text in said.items())


@given(st.text())
def test_a_literal_is_one_code_span_that_nothing_in_it_ends(given: str) -> None:
    span = literal(given)
    fence = span[: len(span) - len(span.lstrip("`"))]
    assert span.endswith(fence)
    inside = span[len(fence) : -len(fence)]
    assert fence not in inside.replace("`" * (len(fence) + 1), "")
    assert "\n" not in span


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("key", "given", "used"),
    [
        ("hidden", "016", 16),
        ("hidden", "16.0", 16),
        ("seed", "007", 7),
        ("t", "1.0", 1),
        ("t", "01.00", 1),
        ("seed", "-0", 0),
        ("at", "03", 3),
        ("limit", "05.5", 5.5),
        ("b0", "-00.25", -0.25),
    ],
)
def test_a_number_that_is_written_otherwise_is_taken_and_told(key: str, given: str, used: float, lang: str) -> None:
    state, (notice,) = parse({key: [given]})
    assert state[key] == used
    said = notice.text(lang)
    assert (f"`{given}`" in said, f"`{used}`" in said, f"`{key}`" in said) == (True, True, True)


@pytest.mark.parametrize(("key", "given"), [("hidden", "16"), ("t", "10"), ("limit", "5"), ("limit", "0.50")])
def test_a_number_as_one_writes_it_is_taken_without_a_word(key: str, given: str) -> None:
    assert parse({key: [given]})[1] == ()


@pytest.mark.parametrize(
    ("key", "given", "code"),
    [("hidden", "017", "option"), ("t", "061", "range"), ("t", "1.5", "number"), ("cell", "01", "option")],
)
def test_what_is_no_value_stays_none_with_zeros(key: str, given: str, code: str) -> None:
    (notice,) = parse({key: [given]})[1]
    assert (notice.code, notice.given) == (code, given)
