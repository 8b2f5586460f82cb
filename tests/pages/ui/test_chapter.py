from __future__ import annotations

from dataclasses import replace

import pytest

from pages._ui.chapter import HOME, ROOT, Chapter, Control, Form


def chapter(name: str, *holds: str | Control | Form) -> Chapter:
    return Chapter(name, "why", 1, holds)


def test_the_first_chapter_opens_at_the_root_and_any_other_under_its_name() -> None:
    assert [(row.path, row.address) for row in (chapter(HOME), chapter("two_words"))] == [
        (HOME, ""),
        ("two-words", "two-words"),
    ]


def test_a_chapter_s_script_is_where_streamlit_looks_for_pages() -> None:
    assert chapter(HOME).script == ROOT / "pages" / "home.py"
    with pytest.raises(ValueError, match=r"no script pages/nowhere\.py"):
        _ = chapter("nowhere").script


def test_what_a_chapter_holds_is_in_its_order_whoever_declares_it() -> None:
    own = Control("own", "text", "")
    form = Form("hidden", 1, (1, 2))
    row = chapter("a", "text", own, form, "seed")
    assert (row.controls, row.own, row.forms) == (("text", "own", "hidden", "seed"), (own,), {"hidden": form})


def test_a_form_changes_what_a_control_may_be_and_not_what_it_is() -> None:
    size = Control("size", "choice", 1, (1, 2), next_sentence=1, label="a.size")
    large = Form("size", 5, (5, 6))
    assert Form("size", 3, (3, 4), label="b.size").of(size) == Control(
        "size", "choice", 3, (3, 4), next_sentence=1, label="b.size"
    )
    assert (large.of(size).message, large.of(replace(size, label="")).message) == ("a.size", "controls.size.label")


def test_a_guess_is_what_is_asked_again_or_may_be_skipped() -> None:
    guesses = Control("a", "text", "", asked_of=("text",)), Control("b", "number", None, ("skip",))
    assert [row.is_guess for row in (*guesses, Control("c", "choice", 1, (1, 2)))] == [True, True, False]


def test_a_common_form_is_no_chapters_alone() -> None:
    own, common = Form("hidden", 1, (1, 2)), Form("cell", "a", ("a", "b"), common=True)
    assert Chapter("a", "inside", 1, (own, common)).apart == {"hidden"}


def test_a_choice_takes_its_options_and_all_else_anything() -> None:
    assert [Control("cell", "choice", "a", ("a", "b")).takes(value) for value in ("b", "c")] == [True, False]
    assert Control("weights", "choice", "a", ("a",), pattern="c").takes("c")
    assert Control("text", "text", "").takes("c")
