from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pages._ui.address import (
    CONTROLS,
    FRAME,
    MAX_TEXT,
    SHARED,
    Notice,
    clean,
    controls_of,
    literal,
    parse,
    serialize,
    union,
)
from pages._ui.chapter import Chapter, Control, Form, Value
from pages._ui.contents import CHAPTERS
from rnn_core.messages import LANGUAGES
from tests.pages.trying import forms

ODD = (
    *("", " ", "nan", "NaN", "inf", "-1", "1e3", "0x10"),
    *("１６", "9" * 40, "-0.5", "None", "zz", "<b>", "'; drop", "\x00"),
)


def values(row: Control) -> st.SearchStrategy[Value]:
    if row.kind == "choice" and not row.options and not row.pattern:
        return st.none()  # a pinned state, in a chapter that compares nothing
    if row.kind == "choice":
        named = st.sampled_from(row.options) if row.options else st.from_regex(row.pattern, fullmatch=True)
        return named if row.default is not None else st.none() | named
    if row.kind == "number":
        numbers = st.integers(row.low, row.high) | st.sampled_from(row.options or (row.high,))
        return numbers if row.default is not None else st.none() | numbers
    if row.kind == "real":
        return st.integers(100 * row.low, 100 * row.high).map(lambda hundredths: hundredths / 100)
    return st.text(max_size=80).map(clean)


@cache
def states(one: Chapter, *keys: str) -> st.SearchStrategy[dict[str, Value]]:
    """The states of these controls in a chapter: made once, for what each draws is checked when it is first asked."""
    rows = controls_of(one)
    return st.fixed_dictionaries({key: values(rows[key]) for key in keys})


def named(name: str) -> Chapter:
    return next(row for row in CHAPTERS if row.name == name)


EVERY_FORM = [pytest.param(CONTROLS, row, id=row.key) for row in CONTROLS.values()] + [
    pytest.param(controls_of(one), row, id=f"{row.key} of {one.name}") for one, row in forms()
]
each_chapter = pytest.mark.parametrize("one", CHAPTERS, ids=lambda row: row.name)


def chapter(name: str, *holds: str | Control | Form) -> Chapter:
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
        ([chapter("a", "text", "nowhere")], "nowhere of the chapter a is no row of SHARED"),
        ([chapter("a", Control("own", "text", "")), chapter("b", "own")], "own of the chapter b is no row of SHARED"),
        ([chapter("a", Form("nowhere", 1))], "nowhere of the chapter a is no row of SHARED"),
        ([chapter("a", Control("own", "text", "")), chapter("b", Form("own", ""))], "own of the chapter b is no row"),
        ([chapter("a", "text", Form("text", ""))], "text of the chapter a is there already: it has it twice"),
        ([chapter("a", Form("lang", "en"))], "lang of the chapter a is there already: on every page"),
    ],
)
def test_controls_that_clash_or_are_missing_are_refused(chapters: list[Chapter], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        union([Control("text", "text", "")], chapters)


def test_chapters_may_have_forms_of_one_control_that_do_not_agree() -> None:
    size = Control("size", "choice", 1, (1, 2))
    small, large = Form("size", 3, (3, 4)), Form("size", 5, (5, 6))
    assert union([size], [chapter("a", "size"), chapter("b", small), chapter("c", large)]) == {"size": size}


@pytest.mark.parametrize(("one", "row"), forms(), ids=lambda one: one.name if isinstance(one, Chapter) else one.key)
def test_a_form_differs_from_what_it_is_a_form_of_and_holds_its_own_default(one: Chapter, row: Control) -> None:
    shared = CONTROLS[row.key]
    told = ("options", "low", "high", "pattern", "label")
    assert any(getattr(row, name) != getattr(shared, name) for name in told)
    free = row.kind == "text" or row.default is None
    assert free or row.default in row.options or row.low <= row.default <= row.high
    assert {key: other for key, other in controls_of(one).items() if key not in one.forms} == {
        key: other for key, other in CONTROLS.items() if key not in one.forms
    }


@pytest.mark.parametrize(
    ("name", "key", "given", "used"),
    [
        ("cell", "hidden", "64", None),
        ("attention", "hidden", "24", None),
        ("attention", "hidden", "16", 48),
        ("transformer", "hidden", "16", None),
        ("transformer", "hidden", "64", 32),
        ("compare", "hidden", "24", 16),
        ("attention", "t", "200", None),
        ("translation", "t", "200", None),
        ("bidirectional", "t", "200", None),
    ],
)
def test_what_a_value_means_depends_on_the_chapter(name: str, key: str, given: str, used: Value) -> None:
    state, notices = parse({key: [given]}, controls_of(named(name)))
    assert state[key] == (int(given) if used is None else used)
    assert [(notice.code, notice.used) for notice in notices] == ([] if used is None else [("option", used)])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_notice_says_what_the_chapter_takes(lang: str) -> None:
    (notice,) = parse({"hidden": ["16"]}, controls_of(named("attention")))[1]
    assert ("24, 48" in notice.text(lang), "64" in notice.text(lang)) == (True, False)
    (notice,) = parse({"t": ["201"]}, controls_of(named("translation")))[1]
    assert ("200" in notice.text(lang), "60" in notice.text(lang)) == (True, False)


@each_chapter
def test_one_thing_has_one_name_in_every_chapter(one: Chapter) -> None:
    for key in ("size", "width", "step", "place"):
        _, notices = parse({key: ["1"]}, controls_of(one))
        assert notices == (Notice("unknown", key, "1"),)


@each_chapter
@settings(max_examples=20)  # of each chapter
@given(st.data())
def test_an_address_gives_back_the_state_that_wrote_it(one: Chapter, data: st.DataObject) -> None:
    rows = controls_of(one)
    state = data.draw(states(one, *FRAME, *one.controls))
    query = {key: [value] for key, value in serialize(state, tuple(state)).items()}
    assert parse(query, rows) == ({key: row.default for key, row in rows.items()} | state, ())


def test_every_control_is_one_of_a_chapter_or_of_the_frame() -> None:
    assert {*FRAME, *(key for one in CHAPTERS for key in one.controls)} == {*CONTROLS}


@given(st.dictionaries(st.sampled_from([*CONTROLS, "foo"]), st.lists(st.text() | st.sampled_from(ODD), max_size=3)))
def test_any_address_gives_a_state_that_an_address_can_hold(query: dict[str, list[str]]) -> None:
    state, notices = parse(query, CONTROLS)
    again, silent = parse({key: [value] for key, value in serialize(state).items()}, CONTROLS)
    assert (again, silent) == (state, ())
    untaken = {key for key, values in query.items() if len(values) > 1 or (values and key not in CONTROLS)}
    assert untaken <= {notice.key for notice in notices}


@pytest.mark.parametrize(("rows", "row"), EVERY_FORM)
def test_a_bad_value_gives_the_default_and_a_notice(rows: Mapping[str, Control], row: Control) -> None:
    for odd in ODD:
        state, notices = parse({row.key: [odd]}, rows)
        if row.kind == "text":
            assert (state[row.key], notices) == (clean(odd), ())
        elif row.kind == "real" and odd in ("-1", "-0.5") and row.low <= float(odd):
            assert (state[row.key], notices) == (float(odd), ())
        else:
            assert state[row.key] == row.default
            assert [(notice.key, notice.given, notice.used) for notice in notices] == [(row.key, odd, row.default)]


@pytest.mark.parametrize(("rows", "row"), EVERY_FORM)
def test_a_repeated_value_gives_the_default_and_a_notice(rows: Mapping[str, Control], row: Control) -> None:
    value = str(row.options[-1]) if row.options else "5"
    state, notices = parse({row.key: [value, value]}, rows)
    assert state[row.key] == row.default
    assert [(notice.code, notice.key) for notice in notices] == [("repeated", row.key)]


def test_the_ends_of_a_range_are_in_it_and_what_lies_beyond_is_not() -> None:
    row = CONTROLS["seed"]
    for number, inside in ((row.low, True), (row.high, True), (row.low - 1, False), (row.high + 1, False)):
        state, notices = parse({"seed": [str(number)]}, CONTROLS)
        assert (state["seed"] == number, not notices) == (inside, inside)


@pytest.mark.parametrize("given", ["-1", "1", "0.5", "0.25", "-0", "1.0"])
def test_a_real_number_keeps_two_decimals_and_has_one_zero(given: str) -> None:
    state, notices = parse({"value": [given]}, CONTROLS)
    assert (state["value"], notices) == (float(given), ())
    assert not serialize(state)["value"].startswith("-0.0")


@pytest.mark.parametrize("given", ["1.01", "-1.01", "0.123", ".5", "1.", "+1", "1e0", "0,5"])
def test_a_real_number_beyond_its_range_or_its_decimals_is_not_taken(given: str) -> None:
    state, notices = parse({"value": [given]}, CONTROLS)
    assert (state["value"], [notice.code for notice in notices]) == (0.0, ["real"])


def test_a_number_can_be_a_word_instead() -> None:
    assert parse({"guess": ["skip"]}, CONTROLS)[0]["guess"] == "skip"
    state, notices = parse({"guess": ["61"]}, CONTROLS)
    assert (state["guess"], [notice.code for notice in notices]) == (None, ["place"])


def test_an_unknown_parameter_is_named_and_dropped() -> None:
    state, notices = parse({"speed": ["9"]}, CONTROLS)
    assert notices == (Notice("unknown", "speed", "9"),)
    assert "speed" not in serialize(state)


def test_a_default_can_depend_on_the_reader() -> None:
    assert parse({}, CONTROLS, {"lang": "en"})[0]["lang"] == "en"
    assert parse({"lang": ["xx"]}, CONTROLS, {"lang": "en"})[0]["lang"] == "en"


def test_a_long_sentence_is_cut_and_says_so() -> None:
    state, notices = parse({"text": ["あ" * 10_000]}, CONTROLS)
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
    _, notices = parse(
        {"hidden": ["7"], "seed": ["-3"], "cell": ["rnn", "gru"], "weights": ["<b>x</b>"], "foo": ["1"]}, CONTROLS
    )
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
        *(("hidden", "016", 16), ("hidden", "16.0", 16), ("seed", "007", 7), ("seed", "-0", 0)),
        *(("t", "1.0", 1), ("t", "01.00", 1), ("at", "03", 3), ("limit", "05.5", 5.5), ("b0", "-00.25", -0.25)),
    ],
)
def test_a_number_that_is_written_otherwise_is_taken_and_told(key: str, given: str, used: float, lang: str) -> None:
    state, (notice,) = parse({key: [given]}, CONTROLS)
    assert state[key] == used
    said = notice.text(lang)
    assert (f"`{given}`" in said, f"`{used}`" in said, f"`{key}`" in said) == (True, True, True)


@pytest.mark.parametrize(("key", "given"), [("hidden", "16"), ("t", "10"), ("limit", "5"), ("limit", "0.50")])
def test_a_number_as_one_writes_it_is_taken_without_a_word(key: str, given: str) -> None:
    assert parse({key: [given]}, CONTROLS)[1] == ()


@pytest.mark.parametrize(
    ("key", "given", "code"),
    [("hidden", "017", "option"), ("t", "061", "range"), ("t", "1.5", "number"), ("cell", "01", "option")],
)
def test_what_is_no_value_stays_none_with_zeros(key: str, given: str, code: str) -> None:
    (notice,) = parse({key: [given]}, CONTROLS)[1]
    assert (notice.code, notice.given) == (code, given)
